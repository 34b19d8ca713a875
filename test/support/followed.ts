import { type Article, readingDigest } from "../../shared/domain/article.ts";
import type { RotatingPlace } from "../../shared/domain/rotation.ts";
import type { Instant } from "../../shared/domain/time.ts";
import {
  afterCapture,
  type EarlierReading,
  placesLearnt,
  withLearnt,
} from "../../shared/normalise/rotation/rotation.ts";
import { foundIn, markedAlike, withVolatile } from "../../shared/normalise/rotation/volatile.ts";

export interface Taken {
  readonly at: Instant;
  readonly article: Article;
}

/** A watch in memory: what the pipeline decides by readings alone, with its functions, without its records. */
export interface Followed {
  /** Captures once more. @returns whether it reads otherwise than the revision before */
  see(capture: Taken): boolean;
  readonly rotating: readonly RotatingPlace[];
}

export function followed({ at, article }: Taken): Followed {
  let rotating: readonly RotatingPlace[] = [];
  let revisions: readonly EarlierReading[] = [{ first: at, last: at, article }];
  let newest = article;
  const reads = (taken: Taken): boolean => {
    rotating = afterCapture(rotating, taken.article, taken.at);
    const [before, after] = markedAlike(newest, taken.article, rotating);
    return readingDigest(before) !== readingDigest(after);
  };
  return {
    get rotating() {
      return rotating;
    },
    see(taken) {
      const { at } = taken;
      const seen = { first: at, last: at, article: taken.article };
      let differs = reads(taken);
      if (differs) {
        const marked = [...revisions, seen].map(({ article, ...when }) => ({
          ...when,
          article: withVolatile(article, rotating),
        }));
        const more = placesLearnt(marked).filter((place) => foundIn(place, newest) && foundIn(place, taken.article));
        if (more.length > 0) {
          rotating = withLearnt(rotating, more);
          revisions = revisions.slice(-1);
          differs = reads(taken);
        }
      }
      if (differs) {
        revisions = [...revisions, seen];
        newest = taken.article;
      } else revisions = [...revisions.slice(0, -1), { ...revisions.at(-1)!, last: at }];
      return differs;
    },
  };
}
