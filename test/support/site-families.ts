import type { Story } from "./invented-stories.ts";
import { oneOf } from "./invented-stories.ts";

/** What stands around a story on one visit, and is another on the next. */
export interface Dressing {
  readonly views: number;
  readonly shares: number;
  readonly comments: readonly string[];
  readonly related: readonly string[];
  readonly popular: readonly string[];
  /** "3 hours ago". */
  readonly ago: string;
  readonly advertisement: string | null;
  readonly banner: string | null;
  readonly newsletter: boolean;
  /** A widget that scripts load on some visits only. */
  readonly widget: string | null;
  /** Boxes among the paragraphs that were loaded late, or not yet: a player, a poll, a place kept for an embedded post. */
  readonly late: readonly string[];
  /** What runs above all pages: weather, a ticker. */
  readonly strip: string;
  readonly readers: number;
  readonly token: string;
}

type Random = () => number;
const TEASERS = [
  "Ten walks for an afternoon by the sea, with a map of each",
  "How the last lamplighter in the county learnt his trade",
  "What we know about the storm that is coming on Thursday",
  "The baker who only sells on Sundays, and why people queue",
  "A winter swim at dawn: forty readers tell us what it was like",
  "Our weekly quiz: how well do you know the news?",
  "Letters: in praise of the slow train",
];
const REMARKS = [
  "I have lived here for forty years and never saw anything like it, honestly.",
  "Good article, but you forgot the school. The school matters most!",
  "Who pays for all this? We do, as always, and nobody asks us.",
  "First!",
];
const someOf = (random: Random, values: readonly string[]): string[] => values.filter(() => random() < 0.5);
const maybe = <T>(random: Random, value: T): T | null => (random() < 0.5 ? value : null);

const LATE: readonly ((random: Random) => string)[] = [
  (r) => `<div class="video-player" data-id="${Math.floor(r() * 99)}"><p>Watch: the town in a minute</p></div>`,
  (r) =>
    `<aside class="poll-widget"><h3>What do you think?</h3><form><label><input type="radio">Yes, ${Math.floor(r() * 100)} %</label></form></aside>`,
  (r) => `<iframe src="/embed?${Math.floor(r() * 999)}" title="post"></iframe>`,
  () => '<div class="lazyload-placeholder" aria-hidden="true"></div>',
  (r) => `<script>window.slots=[${Math.floor(r() * 999)}]</script><noscript><img src="/pixel" alt=""></noscript>`,
  (r) => `<!-- served by node ${Math.floor(r() * 40)} --><style>.s${Math.floor(r() * 99)}{color:red}</style>`,
];

export function dressingOf(random: Random): Dressing {
  return {
    views: Math.floor(random() * 90_000),
    shares: Math.floor(random() * 900),
    comments: someOf(random, REMARKS),
    related: [oneOf(random, TEASERS), ...someOf(random, TEASERS)],
    popular: [oneOf(random, TEASERS), ...someOf(random, TEASERS)],
    ago: oneOf(random, ["just now", "12 minutes ago", "1 hour ago", "3 hours ago", "yesterday"]),
    advertisement: maybe(
      random,
      oneOf(random, ["Advertisement", "Shoes for every weather, from 39.90", "Sponsored: a bank"]),
    ),
    banner: maybe(random, "We value your privacy. We and our 214 partners store information on your device."),
    newsletter: random() < 0.5,
    widget: maybe(random, `${oneOf(random, TEASERS)} ${Math.floor(random() * 100)}`),
    late: LATE.filter(() => random() < 0.3).map((print) => print(random)),
    strip: `${Math.floor(random() * 30) - 5}° in Marden · ${oneOf(random, TEASERS)}`,
    readers: Math.floor(random() * 5_000),
    token: Math.floor(random() * 2 ** 32).toString(36),
  };
}

type Site = (story: Story, dressing: Dressing) => string;
const all = (texts: readonly string[], print: (text: string, at: number) => string): string =>
  texts.map(print).join("\n");
const links = (teasers: readonly string[]): string =>
  all(teasers, (text, at) => `<li><a href="/s/${at}">${text}</a></li>`);
const withMiddle = (
  { late }: Dressing,
  paragraphs: readonly string[],
  print: (text: string) => string,
  middle: string,
): string => all(paragraphs, (text, at) => print(text) + (at === 1 ? middle : (late[at - 2] ?? "")));
const table = ({ table: rows }: Story): string =>
  `<table><tbody>${rows.map(([name, number]) => `<tr><th>${name}</th><td>${number}</td></tr>`).join("\n")}</tbody></table>`;
const head = ({ headline, byline }: Story, site: string, more = ""): string =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${headline} | ${site}</title><meta property="og:site_name" content="${site}"><meta property="og:title" content="${headline}"><meta name="author" content="${byline}">${more}</head>`;
const ad = ({ advertisement }: Dressing, className: string): string =>
  advertisement === null ? "" : `<div class="${className}"><span>${advertisement}</span></div>`;

/** Ten ways in which sites print a story; markup after their kind, names our own. */
const PRINTED: Readonly<Record<string, Site>> = {
  wordpress: (
    story,
    d,
  ) => `${head(story, "Tidewater Blog")}<body class="single single-post">${d.banner ? `<div id="cookie-notice" role="dialog"><p>${d.banner}</p><button>Accept</button></div>` : ""}
<nav class="main-navigation"><a href="/">Home</a></nav><div id="primary"><article class="post type-post hentry"><header class="entry-header"><h1 class="entry-title">${story.headline}</h1><h2 class="entry-subtitle">${story.standfirst}</h2><div class="entry-meta"><time class="entry-date" datetime="2026-03-02">${d.ago}</time> by <a rel="author" href="/a">${story.byline}</a> · ${d.views} views</div></header>
<div class="entry-content">${withMiddle(d, story.paragraphs, (t) => `<p>${t}</p>`, ad(d, "code-block ad-slot"))}<blockquote><p>${story.quotation}</p></blockquote><ul>${all(story.list, (t) => `<li>${t}</li>`)}</ul>${table(story)}<div class="sharedaddy"><h3>Share this:</h3><a href="#">Like ${d.shares}</a></div><div class="jp-relatedposts"><h3>Related</h3><ul>${links(d.related)}</ul></div></div>
<footer class="entry-meta">Tagged sea, town</footer></article><div id="comments"><h2>${d.comments.length} thoughts</h2><ol>${all(d.comments, (t) => `<li><p>${t}</p></li>`)}</ol></div></div><aside class="widget-area"><h2>Popular</h2><ul>${links(d.popular)}</ul></aside></body></html>`,
  blogger: (
    story,
    d,
  ) => `${head(story, "Catatan Pantai")}<body class="item-view"><div class='main section' id='main'><div class='post hentry'><h3 class='post-title entry-title'>${story.headline}</h3><h4 class='post-subtitle'>${story.standfirst}</h4>
<div class='post-body entry-content' id='post-body-${d.token}'>${withMiddle(d, story.paragraphs, (t) => `${t}<br /><br />`, d.advertisement ? `<div class='adsbygoogle'>${d.advertisement}</div>` : "")}<blockquote>${story.quotation}</blockquote>${all(story.list, (t) => `${t}<br /><br />`)}${table(story)}</div>
<div class='post-footer'><span class='post-author'>${story.byline}</span> <span class='post-timestamp'>${d.ago}</span><div class='post-share-buttons'><a href='#'>Facebook ${d.shares}</a></div></div></div><div class='comments' id='comments'>${all(d.comments, (t) => `<p class='comment-content'>${t}</p>`)}</div></div>
<div class='sidebar section'><div class='widget PopularPosts'><h2>Popular Posts</h2><ul>${links(d.popular)}</ul></div><div class='widget Stats'>${d.views}</div></div></body></html>`,
  newspaper: (
    story,
    d,
  ) => `${head(story, "The Marden Gazette", `<script type="application/ld+json">{"@type":"NewsArticle","headline":${JSON.stringify(story.headline)},"author":[{"@type":"Person","name":${JSON.stringify(story.byline)}}],"datePublished":"2026-03-02T08:00:00Z"}</script>`)}<body><header role="banner"><a href="/">The Marden Gazette</a></header><main><article class="story"><div class="story__head"><p class="story__kicker">Local</p><h1>${story.headline}</h1><h2 class="story__standfirst">${story.standfirst}</h2><div class="story__byline">By ${story.byline} <span class="timestamp">${d.ago}</span></div><div class="share-tools">${d.shares} shares</div></div>
<div class="story__body">${withMiddle(d, story.paragraphs, (t) => `<p class="b-${d.token}">${t}</p>`, `${ad(d, "advert-mpu")}<aside class="related-inline"><h3>Read more</h3><ul>${links(d.related)}</ul></aside>`)}<blockquote>${story.quotation}</blockquote><ul>${all(story.list, (t) => `<li>${t}</li>`)}</ul>${table(story)}${d.newsletter ? '<div class="newsletter-signup"><h3>Get our newsletter</h3><p>All the news of the week, every Friday morning, in your inbox.</p><form><input type="email"></form></div>' : ""}</div></article>
<section class="most-read"><h2>Most read</h2><ol>${links(d.popular)}</ol></section></main></body></html>`,
  newsletter: (
    story,
    d,
  ) => `${head(story, "Slow Letters")}<body><div class="post-wrap"><article class="newsletter-post post"><div class="post-header"><h1 class="post-title published">${story.headline}</h1><h3 class="subtitle">${story.standfirst}</h3><div class="byline-wrapper"><a href="/a">${story.byline}</a><div class="meta">${d.ago}</div></div><div class="like-button-container"><a href="#">${d.shares}</a></div></div>
<div class="available-content"><div class="body markup">${withMiddle(d, story.paragraphs, (t) => `<p>${t}</p>`, d.newsletter ? '<div class="subscription-widget-wrap"><p>Thanks for reading! Subscribe for free to receive new posts.</p><form><input></form></div>' : "")}<blockquote><p>${story.quotation}</p></blockquote><ul>${all(story.list, (t) => `<li><p>${t}</p></li>`)}</ul>${table(story)}</div></div></article>
<div class="comments-section"><h4>${d.comments.length} comments</h4>${all(d.comments, (t) => `<div class="comment"><p>${t}</p></div>`)}</div><div class="more-posts">${all(d.related, (t) => `<div class="post-preview"><a href="/x">${t}</a></div>`)}</div></div></body></html>`,
  hashed: (
    story,
    d,
  ) => `${head(story, "Medley")}<body><div id="root"><div class="a b c-${d.token}"><section><div class="${d.token} x1"><h1 class="q${d.token}">${story.headline}</h1><h2 class="r${d.token}">${story.standfirst}</h2><div><a rel="author" href="/@a">${story.byline}</a></div></div>${withMiddle(d, story.paragraphs, (t) => `<p class="${d.token}">${t}</p>`, d.banner ? `<div role="dialog"><p>${d.banner}</p></div>` : "")}<blockquote class="${d.token}"><p>${story.quotation}</p></blockquote><ul>${all(story.list, (t) => `<li class="${d.token}">${t}</li>`)}</ul>${table(story)}</section></div>
<div><nav>${all(d.popular, (t) => `<a href="/p">${t}</a>`)}</nav></div></div></body></html>`,
  government: (
    story,
    d,
  ) => `${head(story, "Harbour Office")}<body><a class="skip-link" href="#main">Skip to content</a><header role="banner">Harbour Office</header><div class="breadcrumbs"><ol><li><a href="/">Home</a></li><li><a href="/n">Notices</a></li></ol></div><main id="main"><h1>${story.headline}</h1><div class="metadata">From: <a href="/o">${story.byline}</a></div><h2 class="lead-summary">${story.standfirst}</h2><div class="govspeak">${all(story.paragraphs, (t) => `<p>${t}</p>`)}<h2>In the words of the office</h2><blockquote><p>${story.quotation}</p></blockquote><h2>Dates</h2><ul>${all(story.list, (t) => `<li>${t}</li>`)}</ul>${table(story)}</div></main>
${d.banner ? `<div class="cookie-banner"><p>${d.banner}</p></div>` : ""}<footer role="contentinfo"><p>Visitors today: ${d.views}</p></footer></body></html>`,
  "static blog": (story, d) =>
    `${head(story, "notes")}<body><header><a href="/">notes</a></header><main><article><header><h1>${story.headline}</h1><p class="dek">${story.standfirst}</p><time>${d.ago}</time> <span class="author">${story.byline}</span></header>${all(story.paragraphs, (t) => `<p>${t}</p>`)}<blockquote><p>${story.quotation}</p></blockquote><ul>${all(story.list, (t) => `<li>${t}</li>`)}</ul>${table(story)}</article></main><footer><p>Rendered ${d.token}</p></footer></body></html>`,
  amp: (story, d) =>
    `${head(story, "The Quick Page")}<body><amp-sidebar><ul>${links(d.popular)}</ul></amp-sidebar><article class="amp-wp-article"><header class="amp-wp-article-header"><h1 class="amp-wp-title">${story.headline}</h1><div class="amp-wp-meta amp-wp-byline">${story.byline}</div><div class="amp-wp-meta amp-wp-posted-on"><time>${d.ago}</time></div></header><div class="amp-wp-article-content"><h2 class="standfirst">${story.standfirst}</h2>${withMiddle(d, story.paragraphs, (t) => `<p>${t}</p>`, d.advertisement ? `<amp-ad>${d.advertisement}</amp-ad>` : "")}<blockquote>${story.quotation}</blockquote><ul>${all(story.list, (t) => `<li>${t}</li>`)}</ul>${table(story)}</div></article></body></html>`,
  agency: (
    story,
    d,
  ) => `${head(story, "Wire", `<meta property="article:published_time" content="2026-03-02T08:00:00Z">`)}<body><div class="Page"><div class="Page-main"><h1 class="Page-headline">${story.headline}</h1><h2 class="Page-subHeadline">${story.standfirst}</h2><div class="Page-byline">${story.byline}</div><div class="Page-content"><div class="RichTextStoryBody RichTextBody">${withMiddle(d, story.paragraphs, (t) => `<p>${t}</p>`, `${ad(d, "Advertisement")}<div class="PageListEnhancement"><h3>Related stories</h3><ul>${links(d.related)}</ul></div>`)}<blockquote><p>${story.quotation}</p></blockquote><ul>${all(story.list, (t) => `<li>${t}</li>`)}</ul>${table(story)}</div></div></div>
${d.widget ? `<div class="SovrnAd widget">${d.widget}</div>` : ""}<div class="Page-below"><h2>Most read</h2>${links(d.popular)}</div></div></body></html>`,
  magazine: (story, d) =>
    `${head(story, "Longview", `<meta property="og:description" content="${story.standfirst}">`)}<body><div class="lv-hero"><h1 class="lv-hero__title">${story.headline}</h1><h2>${story.standfirst}</h2><span class="lv-hero__author">${story.byline}</span><span class="lv-readtime reading-time">${3 + (d.views % 2)} min read</span></div><div class="lv-body" itemprop="articleBody">${withMiddle(d, story.paragraphs, (t) => `<div class="lv-text"><p>${t}</p></div>`, `${d.widget ? `<div class="promo-box"><a href="/p">${d.widget}</a></div>` : ""}<figure><img src="/i?${d.token}"><figcaption>Photograph: ${story.byline}</figcaption></figure>`)}<div class="lv-text"><blockquote>${story.quotation}</blockquote><ul>${all(story.list, (t) => `<li>${t}</li>`)}</ul>${table(story)}</div></div><div class="lv-recirc recommended"><h2>More to read</h2><ul>${links(d.related)}</ul></div></body></html>`,
};

/** The same with what runs above all pages of a site. */
export const SITES: Readonly<Record<string, Site>> = Object.fromEntries(
  Object.entries(PRINTED).map(([name, print]) => [
    name,
    (story, d) =>
      print(story, d).replace(
        /<body[^>]*>/,
        (body) => `${body}<div class="tb-4"><span>${d.strip}</span> <span>${d.readers} reading now</span></div>`,
      ),
  ]),
);
