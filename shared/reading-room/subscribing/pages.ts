import type { Happening } from "../../domain/happening.ts";
import { type Subscription, shownAddress } from "../../domain/subscription.ts";
import { fillText } from "../../domain/wording.ts";
import { titleOf } from "../happening.ts";
import { foreign, type Html, html } from "../html.ts";
import { moment } from "../instants.ts";
import { layout } from "../layout.ts";
import type { Room } from "../room.ts";
import { aboutText, offered } from "./about.ts";
import { filterFields, rhythmFields } from "./fieldsets.ts";
import type { Chosen } from "./form.ts";
import type { SubscribingWords } from "./words.ts";

/** What a form that comes back says above its fields. */
export interface Remark {
  readonly problem?: string;
  readonly saved?: true;
  readonly previewed?: readonly { readonly happening: Happening; readonly passes: boolean }[];
}

/** A title and some sentences. */
export function notePage(room: Room, title: string, ...sentences: readonly (Html | string)[]): Html {
  const body = html`<h1>${title}</h1>${sentences.map((sentence) => html`<p>${sentence}</p>`)}`;
  return layout(room, { title, body, toAnyone: true });
}

/** Where one subscribes. */
export async function subscribePage(room: Room, chosen: Chosen, remark: Remark = {}): Promise<Html> {
  const { words } = room;
  const { subscribe: say } = words.subscribing;
  const choices = await offered(room, chosen.selector);
  const body = html`<h1>${say.title}</h1>
<p>${say.lead}</p>
${remarked(room, remark)}
<form class="subscribing" method="post" action="/subscribe">
<label class="field">${say.address} <input type="email" name="address" maxlength="320" autocomplete="email" required value="${chosen.address}"></label>
<label class="field">${say.about} <select name="about">${choices.map(
    ({ selector, text }) =>
      html`<option value="${selector}"${selector === chosen.selector && html` selected`}>${text}</option>
`,
  )}</select></label>
${filterFields(words, chosen, null)}
${rhythmFields(words, chosen)}
<p class="buttons"><button name="do" value="subscribe">${say.button}</button>
<button name="do" value="preview" class="second" formnovalidate>${say.preview}</button></p>
</form>`;
  return layout(room, { title: say.title, body, here: "subscribe" });
}

/** Where a subscriber changes or ends what they hear; opened by the link in their mails. */
export async function managePage(
  room: Room,
  subscription: Subscription,
  key: string,
  chosen: Chosen,
  remark: Remark = {},
): Promise<Html> {
  const { words } = room;
  const { manage: say } = words.subscribing;
  const { id, status, filter, reason = "" } = subscription;
  if (status === "ended") return notePage(room, say.ended, say.endedText);
  const query = `key=${encodeURIComponent(key)}`;
  const body = html`<h1>${say.title}</h1>
<p>${await whatAndWhere(room, say.about, subscription)}</p>
${status === "suspended" && html`<p class="warning">${fillText(say.suspended, { reason })}</p>`}
${status === "pending" && html`<p class="warning">${say.pending}</p>`}
${remarked(room, remark)}
<form class="subscribing" method="post" action="/subscriptions/${id}?${query}">
${filterFields(words, chosen, "saved" in filter ? filter.saved : null)}
${rhythmFields(words, chosen)}
<p class="buttons"><button name="do" value="save">${say.save}</button>
<button name="do" value="end" class="second" formnovalidate>${say.end}</button></p>
</form>`;
  return layout(room, { title: say.title, body, toAnyone: true });
}

/** One button that does what a link asks for: programs that look links up before their readers do press none. */
export async function buttonPage(
  room: Room,
  subscription: Subscription,
  { title, text, button }: Readonly<Record<"title" | "text" | "button", string>>,
  action: string,
  hidden: Html | null = null,
): Promise<Html> {
  const body = html`<h1>${title}</h1>
<p>${await whatAndWhere(room, text, subscription)}</p>
<form class="subscribing" method="post" action="${action}">${hidden}<p class="buttons"><button>${button}</button></p></form>`;
  return layout(room, { title, body, toAnyone: true });
}

/** `Notices for d…@newsroom.example: all watched articles.` */
async function whatAndWhere(room: Room, sentence: string, subscription: Subscription): Promise<string> {
  const about = await aboutText(room, subscription.selector);
  return fillText(sentence, { address: shownAddress(subscription), about });
}

function remarked({ words }: Room, { problem, saved, previewed }: Remark): Html {
  const { refused, manage } = words.subscribing;
  return html`${problem !== undefined && html`<div class="warning" role="alert"><p><strong>${refused.problem}</strong> ${foreign(problem)}</p></div>`}
${saved && html`<p class="done" role="status">${manage.saved}</p>`}
${previewed && preview(words, previewed)}`;
}

function preview(words: Room["words"], previewed: NonNullable<Remark["previewed"]>): Html {
  const { previewed: say } = words.subscribing;
  const sent = previewed.filter(({ passes }) => passes).length;
  return html`<section class="apart" aria-labelledby="previewed"><h2 id="previewed">${say.title}</h2>
${
  previewed.length === 0
    ? html`<p>${say.none}</p>`
    : html`<p>${fillText(say.some, { sent, all: previewed.length })}</p>
<ul class="previewed">${previewed.map(
        (
          one,
        ) => html`<li class="${one.passes ? "sent" : "left"}"><strong>${one.passes ? say.sent : say.left}</strong> ${told(words, one.happening)}</li>
`,
      )}</ul>`
}</section>`;
}

function told(words: Room["words"], happening: Happening): Html {
  const { headline } = happening.kind === "revision" ? happening.revision : happening.event;
  const what = happening.kind === "revision" ? null : html`${words.events[happening.event.kind]}: `;
  return html`${what}${foreign(titleOf(headline, happening.url))}, ${moment(words, happening.at)}`;
}

export type Refusal = keyof SubscribingWords["refused"];
