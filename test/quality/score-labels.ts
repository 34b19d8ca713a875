import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { LabelKind } from "../../shared/domain/label.ts";

/**
 * Scores the readers' verdicts on the drawn items: for each kind how many firings both readers confirm, with the Wilson
 * interval of 95 %, how far the readers agree, and what they found where the rule did not fire.
 *
 *     node test/quality/score-labels.ts
 */
interface Verdicts {
  /** By kind, the items (by their place in drawn-labels.json) in which the reader found it. All other items: not found. */
  readonly found: Readonly<Record<string, readonly number[]>>;
}

const read = <T>(name: string): T => JSON.parse(readFileSync(join(import.meta.dirname, name), "utf8"));
const items = read<{ readonly fired: readonly LabelKind[] }[]>("drawn-labels.json");
const [a, b] = [read<Verdicts>("verdicts-a.json"), read<Verdicts>("verdicts-b.json")];
const KINDS: readonly LabelKind[] = ["number", "quotation", "negation", "hedging", "spelling", "name"];

/** The Wilson score interval of a share, at 95 %. */
function wilson(hits: number, all: number): readonly [number, number] {
  const z = 1.959964;
  if (all === 0) return [0, 1];
  const share = hits / all;
  const centre = share + (z * z) / (2 * all);
  const spread = z * Math.sqrt((share * (1 - share)) / all + (z * z) / (4 * all * all));
  const scale = 1 + (z * z) / all;
  return [(centre - spread) / scale, (centre + spread) / scale];
}

/** Cohen's kappa of two readers over all items. */
function kappa(first: ReadonlySet<number>, second: ReadonlySet<number>): number {
  const all = items.length;
  const same = items.filter((_, index) => first.has(index) === second.has(index)).length / all;
  const chance = (first.size * second.size + (all - first.size) * (all - second.size)) / (all * all);
  return chance === 1 ? 1 : (same - chance) / (1 - chance);
}

process.stdout.write(
  "| label | firings | confirmed by both | precision | 95 % interval | kappa | found, not fired |\n",
);
process.stdout.write("| --- | --- | --- | --- | --- | --- | --- |\n");
for (const kind of KINDS) {
  const [first, second] = [new Set(a.found[kind]), new Set(b.found[kind])];
  const fired = items.flatMap((item, index) => (item.fired.includes(kind) ? [index] : []));
  const confirmed = fired.filter((index) => first.has(index) && second.has(index)).length;
  const missed = items.filter((item, at) => first.has(at) && second.has(at) && !item.fired.includes(kind)).length;
  const [low, high] = wilson(confirmed, fired.length);
  const precision = fired.length === 0 ? "–" : (confirmed / fired.length).toFixed(2);
  const interval = fired.length === 0 ? "–" : `${low.toFixed(2)}–${high.toFixed(2)}`;
  process.stdout.write(
    `| ${kind} | ${fired.length} | ${confirmed} | ${precision} | ${interval} | ${kappa(first, second).toFixed(2)} | ${missed} |\n`,
  );
}
