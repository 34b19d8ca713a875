import type { Cost, LifeSigns, Listed } from "../domain/life-signs.ts";
import type { Trouble } from "../domain/notice.ts";
import { counted, fillText } from "../domain/wording.ts";
import type { Said } from "./content-of.ts";
import { dayAndClock } from "./observed.ts";
import type { Reader } from "./section.ts";
import type { NoticeWords } from "./words.ts";

/** How the monitor fared: that it is alive, and what it misses. */
export function summarySaid(signs: LifeSigns, { words, timeZone }: Reader): Said {
  const { summary, counts, locale } = words;
  const { active, checked, changes, events, unmarked, waiting, dead, suspended } = signs;
  const day = (at: string) => dayAndClock(words, at, timeZone).day;
  const done = counted(locale, summary.checked, checked, { active });
  const changed = counted(locale, counts.changes, changes);
  const missing = [
    ...listed(signs.failing, "failing", words),
    ...listed(signs.neverRead, "neverRead", words),
    ...listed(signs.unseen, "unseen", words),
    ...(waiting + dead > 0
      ? [
          fillText(summary.undelivered, {
            waiting: counted(locale, summary.waiting, waiting),
            dead: counted(locale, summary.dead, dead),
          }),
        ]
      : []),
    ...suspended.map(({ id, reason }) => fillText(summary.suspended, { id, reason })),
  ];
  return {
    title: fillText(words.title.summary, { counts: `${done}, ${changed}` }),
    lead: [
      fillText(summary.period, { from: day(signs.from), to: day(signs.to), zone: timeZone }),
      fillText(summary.alive, {
        checked: done,
        changes: changed,
        unmarked: counted(locale, summary.unmarked, unmarked),
        events: counted(locale, counts.events, events),
      }),
      ...(missing.length > 0 ? missing : [summary.none]),
      ...(signs.cost ? [costSaid(signs.cost, words)] : []),
    ],
  };
}

function costSaid({ period, month, ...prices }: Cost, { summary, locale }: NoticeWords): string {
  const { format } = new Intl.NumberFormat(locale, { style: "currency", currency: "USD", currencyDisplay: "code" });
  return fillText(summary.cost, { period: format(period), month: format(month), ...prices });
}

function listed({ count, first }: Listed, what: "failing" | "neverRead" | "unseen", words: NoticeWords): string[] {
  if (count === 0) return [];
  const named = first.map(({ url, detail }) => (detail === undefined ? url : `${url} (${detail})`)).join(", ");
  const counting = counted(words.locale, words.summary[what], count);
  const { listed, listedMore } = words.summary;
  return [fillText(count > first.length ? listedMore : listed, { what: counting, first: named })];
}

/** What the operator should know of at once, and what to do. */
export function troubleSaid(trouble: Trouble, { title, trouble: say }: NoticeWords): Said {
  if (trouble.kind === "suspended") {
    const problem = fillText(say.suspended, trouble);
    return { title: fillText(title.trouble, { problem }), lead: [fillText(say.suspendedAdvice, trouble)] };
  }
  const { last } = trouble;
  const at = last && `${last.slice(0, 10)} ${last.slice(11, 19)}`;
  const problem = at === null ? say.silentNever : fillText(say.silent, { last: at });
  return { title: fillText(title.trouble, { problem }), lead: [say.silentAdvice] };
}
