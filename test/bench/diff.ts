import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { HOSTILE_TEXTS } from "./diff/hostile-texts.ts";
import { generatedPair, type Pair, realPairs } from "./diff/pairs.ts";
import { PEERS, type Peer } from "./diff/peers.ts";

/**
 * Our comparison beside three libraries, interleaved pair by pair in one process, milliseconds of CPU, the least of
 * three runs: on generated pairs and, where DIFF_DATA names a folder with real ones, on those; then growth with size and
 * with the share edited; then hostile inputs, each in a process of its own. Ratios hold on a loaded machine, single
 * times do not.
 */
const RUNS = 3;
const OURS = PEERS[0]!;
const BASE = PEERS[1]!;

const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** Milliseconds of CPU that a comparison takes. */
function costOf(peer: Peer, pair: Pair): { readonly cost: number; readonly gaveUp: boolean } {
  const start = process.cpuUsage();
  const gaveUp = !peer.compare(pair);
  const { user, system } = process.cpuUsage(start);
  return { cost: (user + system) / 1000, gaveUp };
}

const at = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? Number.NaN;
const written = (milliseconds: number): string => milliseconds.toFixed(milliseconds < 10 ? 2 : 0);

function beside(title: string, pairs: readonly Pair[]): void {
  const costs = new Map(PEERS.map((peer) => [peer, [] as number[]]));
  const gaveUp = new Map(PEERS.map((peer) => [peer, 0]));
  for (const pair of pairs.slice(0, 25)) for (const peer of PEERS) peer.compare(pair); // warm
  for (const pair of pairs) {
    for (const peer of PEERS) {
      let least = Number.POSITIVE_INFINITY;
      for (let run = 0; run < RUNS && (run === 0 || least < 400); run++) {
        const { cost, gaveUp: stopped } = costOf(peer, pair);
        least = Math.min(least, cost);
        if (run === 0 && stopped) gaveUp.set(peer, gaveUp.get(peer)! + 1);
      }
      costs.get(peer)!.push(least);
    }
  }
  const base = costs.get(BASE)!;
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  say(`\n${title}: ${pairs.length} pairs, ms of CPU; times as fast as ${BASE.name}`);
  say("| | median | p90 | p99 | worst | total | gave up | faster: median | faster: total |");
  say("| --- | --- | --- | --- | --- | --- | --- | --- | --- |");
  for (const [{ name }, own] of costs) {
    const peer = PEERS.find((one) => one.name === name)!;
    const ratios = own.map((cost, index) => base[index]! / cost);
    const row = [at(own, 0.5), at(own, 0.9), at(own, 0.99), Math.max(...own), sum(own)].map(written);
    const faster = [at(ratios, 0.5), sum(base) / sum(own)].map((ratio) => ratio.toFixed(1));
    say(`| ${[name, ...row, gaveUp.get(peer), ...faster].join(" | ")} |`);
  }
}

function growth(): void {
  const sizes = [10_000, 30_000, 100_000, 300_000, 1_000_000];
  const shares = [0.01, 0.05, 0.2, 0.5, 1];
  const column = (share: number) => [OURS, BASE].map(({ name }) => `${name} ${share * 100} %`);
  say(`\nGrowth: ms of CPU by length and by share of sentences edited; ">": gave up`);
  say(`| characters | ${shares.flatMap(column).join(" | ")} |`);
  say(`| --- |${" --- |".repeat(2 * shares.length)}`);
  for (const size of sizes) {
    const cells = shares.flatMap((share) => {
      const pair = generatedPair(size, size, share);
      return [OURS, BASE].map((peer) => {
        const { cost, gaveUp } = costOf(peer, pair);
        return `${gaveUp ? "> " : ""}${written(cost)}`;
      });
    });
    say(`| ${[size.toLocaleString("en"), ...cells].join(" | ")} |`);
  }
}

function hostile(): void {
  say("\nHostile inputs, ours: ms of CPU, MB of memory at most (a process that compares nothing has about 90)");
  say("| input | ms | MB |");
  say("| --- | --- | --- |");
  for (const name of Object.keys(HOSTILE_TEXTS)) {
    const run = spawnSync(process.execPath, [join(import.meta.dirname, "diff", "hostile-case.ts"), name]);
    const { milliseconds, megabytes } = JSON.parse(run.stdout.toString());
    say(`| ${name} | ${Math.round(milliseconds)} | ${Math.round(megabytes)} |`);
  }
}

const sizes = [2000, 4000, 8000, 12_000, 20_000, 40_000];
const generated = Array.from({ length: 120 }, (_, index) =>
  generatedPair(index + 1, sizes[index % sizes.length]!, [0.02, 0.05, 0.1, 0.3][index % 4]!),
);
beside("Generated", generated);
const real = realPairs(process.env.DIFF_DATA);
if (real.length > 0) beside("Real", real);
growth();
hostile();
