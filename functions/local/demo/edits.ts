import type { Edit } from "./edit.ts";
import { ferryEdits, ferryPost } from "./ferry.ts";
import { libraryEdits, libraryPost } from "./library.ts";
import type { Post } from "./post.ts";

/** A post and what becomes of it: `edits` are applied one after the other, then the next week's post takes its place. */
interface Life {
  readonly post: (week: number) => Post;
  readonly edits: (week: number) => readonly Edit[];
}

const LIVES: readonly Life[] = [
  { post: ferryPost, edits: ferryEdits },
  { post: libraryPost, edits: libraryEdits },
];

/** The text of a life from its first to its last edit, week after week, without end: no two weeks have the same figures. */
function* texts({ post, edits }: Life): Generator<Post, never> {
  for (let week = 0; ; week++) {
    let text = post(week);
    yield text;
    for (const edit of edits(week)) {
      text = edit(text);
      yield text;
    }
  }
}

/** Every post of the demo as an endless run of its texts. */
export const demoLives = (): Generator<Post, never>[] => LIVES.map(texts);
