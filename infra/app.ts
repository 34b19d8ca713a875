import { join } from "node:path";
import { App, Validations } from "aws-cdk-lib";
import { AwsSolutionsChecks, ServerlessChecks } from "cdk-nag";
import { MonitorStack } from "./monitor-stack.ts";
import { type OperatorSettings, operatorSettings, SettingsError } from "./operator-settings.ts";

const app = new App();
const settings = settingsOrExit();
new MonitorStack(app, "Variorum", { stackName: settings.stackName, settings });
Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new ServerlessChecks(app));
app.synth();

/** A mistake of the operator's gets its explanation, not a stack trace. */
function settingsOrExit(): OperatorSettings {
  try {
    return operatorSettings((name) => app.node.tryGetContext(name), join(import.meta.dirname, ".."));
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    process.stderr.write(`\n${error.message}\n\n`);
    process.exit(1);
  }
}
