import { normalise } from "../../../shared/normalise/normalise.ts";
import { judgeCapture } from "../../../shared/normalise/quality/capture-quality.ts";

/** How many of these pages, all of them articles served with status 200, are taken for a wall, an error or a challenge. */
export function takenForNone(pages: readonly { readonly url: string; html(): string }[]): string {
  const contentType = "text/html; charset=utf-8";
  const taken = pages.filter(({ url, html }) => {
    const body = new TextEncoder().encode(html());
    const article = normalise({ url, bytes: body, contentType });
    return (
      judgeCapture({ status: 200, headers: { "content-type": contentType }, body, article, newest: null }) !== null
    );
  });
  return `${taken.length} of ${pages.length}`;
}
