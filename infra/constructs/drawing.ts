import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { AssetHashType, type ILocalBundling } from "aws-cdk-lib";
import { Architecture, Code, LayerVersion, Runtime } from "aws-cdk-lib/aws-lambda";
import type { Construct } from "constructs";
import { ENV } from "../../shared/config.ts";

const ROOT = join(import.meta.dirname, "../..");

/**
 * What draws pictures: libraries and fonts, for the functions that draw. A layer, so that it is uploaded once, and so that
 * no function's own code grows by it: it is read when a function draws its first picture.
 */
export class Drawing extends LayerVersion {
  /** Tells a function that has this layer where it is. */
  readonly environment = { [ENV.cardDrawer]: "/opt/cards/draw.mjs" }; // where Lambda lays layers

  constructor(scope: Construct, id: string) {
    super(scope, id, {
      description: "Draws pictures of changes: fonts and libraries",
      compatibleRuntimes: [Runtime.NODEJS_24_X],
      compatibleArchitectures: [Architecture.ARM_64],
      code: Code.fromAsset(join(ROOT, "shared/adapters/card"), {
        assetHashType: AssetHashType.OUTPUT,
        bundling: { image: Runtime.NODEJS_24_X.bundlingImage, local: PACKED }, // the image is never used: packing fails loudly
      }),
    });
  }
}

const PACKED: ILocalBundling = {
  tryBundle(folder) {
    const packing = join(ROOT, "functions/runtime/pack-cards.ts");
    execFileSync(process.execPath, [packing, join(folder, "cards")], { stdio: ["ignore", "ignore", "inherit"] });
    return true;
  },
};
