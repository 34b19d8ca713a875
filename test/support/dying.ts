import type { Services } from "../../shared/pipeline/services.ts";
import { withWritesSeen } from "./port-writes.ts";

/** Something that is done, and done again by the next process when one died over it. */
export interface Scene {
  readonly services: Services;
  work(services: Services): Promise<unknown>;
  /** What the living do afterwards, and what must then be so. */
  afterwards(): Promise<void>;
}

/**
 * Plays a scene with a process that dies before its first write, with one that dies after it, then with the second write,
 * and so on until one lives through all of it.
 *
 * @param stage - sets the scene anew for each death
 * @returns the writes around which a process died, each as often as it comes
 * @throws what a scene's end throws, with the death before it
 */
export async function everyDeath(stage: () => Promise<Scene>): Promise<readonly string[]> {
  const writes: string[] = [];
  for (let place = 0; ; place += 1) {
    for (const when of ["before", "after"] as const) {
      const scene = await stage();
      const death = await played(scene, place, when);
      await scene.afterwards().catch((error: unknown) => {
        throw new Error(`a process that died ${death ? `${when} ${death}` : "nowhere"}: ${error}`, { cause: error });
      });
      if (death === null) return writes;
      if (when === "before") writes.push(death);
    }
  }
}

/** @returns the write at which the process died; null when it lived */
async function played({ services, work }: Scene, place: number, when: "before" | "after"): Promise<string | null> {
  const death = Promise.withResolvers<string>();
  let [before, isDead] = [0, false];
  const forEver = new Promise<void>(() => {});
  const mortal = withWritesSeen(services, (moment, write) => {
    const isLast = before === place + (moment === "before" ? 0 : 1) && moment === when;
    if (moment === "before") before += 1;
    if (isLast && !isDead) {
      isDead = true;
      death.resolve(write);
    }
    // The dead do nothing more: what they called stays unanswered.
    return isDead ? forEver : undefined;
  });
  return Promise.race([death.promise, work(mortal).then(() => null)]);
}
