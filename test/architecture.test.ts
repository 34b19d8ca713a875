import { globSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { describe, expect, it } from "vitest";

const ROOT = join(import.meta.dirname, "..");

/**
 * What each part of the house may import of ours, beside itself. Imports point inward; docs/architecture.md tells why.
 * The first prefix that fits a file is its part.
 */
const MAY_IMPORT: readonly (readonly [part: string, allowed: readonly string[]])[] = [
  ["shared/config.ts", []],
  ["shared/domain/", []],
  ["shared/normalise/", ["shared/domain/"]],
  ["shared/diff/", ["shared/domain/"]],
  ["shared/evidence/", ["shared/domain/"]],
  ["shared/ports/", ["shared/domain/"]],
  ["shared/notices/", ["shared/domain/", "shared/diff/", "shared/ports/", "shared/config.ts"]],
  [
    "shared/pipeline/",
    ["shared/domain/", "shared/normalise/", "shared/diff/", "shared/evidence/", "shared/ports/", "shared/config.ts"],
  ],
  ["shared/adapters/", ["shared/domain/", "shared/ports/", "shared/notices/", "shared/config.ts"]],
  ["shared/reading-room/", ["shared/domain/", "shared/diff/", "shared/ports/", "shared/notices/", "shared/config.ts"]],
  ["functions/", ["shared/", "functions/"]],
  ["infra/", ["shared/config.ts", "infra/"]],
];

/** Packages that only the named parts may import: SDKs and the network stay in the adapters, CDK in infra. */
const PACKAGE_BELONGS_TO: readonly (readonly [packages: RegExp, parts: readonly string[]])[] = [
  [/^@aws-sdk\//, ["shared/adapters/aws/", "functions/runtime/", "functions/cli/"]],
  [/^node:(https?|net|tls|dns.*|sqlite)$/, ["shared/adapters/", "functions/local/", "functions/cli/"]],
  [/^node:(fs.*)$/, ["shared/adapters/", "functions/", "infra/"]],
  [/^(aws-cdk-lib|constructs|cdk-nag)/, ["infra/"]],
];

/** `import … from "x"`, `export … from "x"`, `import("x")`. */
const IMPORT =
  /(?:^|\n)\s*(?:import|export)\s[^"';]*?from\s+"([^"]+)"|(?:^|\n)\s*import\s+"([^"]+)"|import\("([^"]+)"\)/g;

const sources = globSync(["shared/**/*.ts", "functions/**/*.ts", "infra/**/*.ts"], { cwd: ROOT });

function offences(file: string): string[] {
  const rule = MAY_IMPORT.find(([part]) => file.startsWith(part));
  if (!rule) return [`${file} lies in no part of the house`];
  const [part, allowed] = rule;
  const found: string[] = [];
  for (const match of readFileSync(join(ROOT, file), "utf8").matchAll(IMPORT)) {
    const name = match[1] ?? match[2] ?? match[3] ?? "";
    if (name.startsWith(".")) {
      const target = relative(ROOT, join(ROOT, dirname(file), name));
      if (![part, ...allowed].some((prefix) => target.startsWith(prefix)))
        found.push(`${file} may not import ${target}`);
    } else {
      const owner = PACKAGE_BELONGS_TO.find(([packages]) => packages.test(name));
      if (owner && !owner[1].some((prefix) => file.startsWith(prefix))) found.push(`${file} may not import ${name}`);
    }
  }
  return found;
}

describe("imports point inward (docs/architecture.md)", () => {
  it("reads every source", () => expect(sources.length).toBeGreaterThan(10));
  it("keeps each part to what it may import", () => expect(sources.flatMap(offences)).toEqual([]));
  it("takes clock, chance, environment and network from outside, in all of shared/ but the adapters", () => {
    const asks =
      /\bprocess\.env\b|\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(|\brandomUUID\b|\b(await|return) fetch\(/;
    const found = sources
      .filter((file) => file.startsWith("shared/") && !file.startsWith("shared/adapters/"))
      .filter((file) => asks.test(readFileSync(join(ROOT, file), "utf8").replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, "")));
    expect(found).toEqual([]);
  });
  it("keeps adapters out of each other's sight, so that one can go without the other", () => {
    const crossing = sources
      .filter((file) => file.startsWith("shared/adapters/"))
      .flatMap((file) => {
        const own = file.split("/").slice(0, 3).join("/");
        return [...readFileSync(join(ROOT, file), "utf8").matchAll(IMPORT)]
          .map((match) => match[1] ?? "")
          .filter((name) => name.startsWith("."))
          .map((name) => relative(ROOT, join(ROOT, dirname(file), name)))
          .filter((target) => target.startsWith("shared/adapters/") && !target.startsWith(`${own}/`))
          .map((target) => `${file} may not import ${target}`);
      });
    expect(crossing).toEqual([]);
  });
});
