import type { Post, PostBlock } from "./post.ts";

/** What a page shows beside its post. */
export interface PageSetting {
  /** Scheme, host and port, without a trailing slash. */
  readonly origin: string;
  /** Numbers in [0, 1): the noise of this one request. */
  readonly random: () => number;
  /** The name that the page declares; the caller encodes accordingly. */
  readonly charset?: string;
}

const WORDS = {
  id: {
    site: "Kabar Dermaga",
    motto: "Catatan dari tepi air",
    menu: ["Beranda", "Pelabuhan", "Pasar", "Hubungi kami"],
    by: "Ditulis oleh",
    updated: (minutes: number) => `diperbarui ${minutes} menit yang lalu`,
    views: "kali dibaca",
    share: ["Bagikan ke Facebook", "Kirim lewat WhatsApp", "Salin tautan"],
    readAlso: "Baca juga:",
    popular: "Paling banyak dibaca",
    posts: ["Harga Cabai di Pasar Pagi", "Lomba Dayung Diundur", "Jembatan Bambu Diganti", "Sumur Tua Ditemukan Lagi"],
    ago: (hours: number) => `${hours} jam lalu`,
    comments: (count: number) => `${count} komentar`,
    reply: "Tinggalkan komentar",
  },
  en: {
    site: "The Quill Post",
    motto: "Notes from the village green",
    menu: ["Home", "Parish", "Weather", "Write to us"],
    by: "Written by",
    updated: (minutes: number) => `updated ${minutes} minutes ago`,
    views: "views",
    share: ["Share on Facebook", "Send by e-mail", "Copy the link"],
    readAlso: "Read also:",
    popular: "Most read this week",
    posts: ["Goose Blocks the Ford", "Bell Ringers Short of One", "The Allotment Vote", "Lost Umbrella, Found Twice"],
    ago: (hours: number) => `${hours} hours ago`,
    comments: (count: number) => `${count} comments`,
    reply: "Leave a comment",
  },
} as const;

type Words = (typeof WORDS)[keyof typeof WORDS];

const wordsFor = (language: string): Words => (language === "id" ? WORDS.id : WORDS.en);

const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
const escapeHtml = (text: string): string => text.replace(/[&<>"]/g, (character) => ENTITIES[character] ?? character);

/**
 * A post as a blog's theme shows it: among a menu, share buttons, a view counter, popular posts and a comment form that
 * look different at every request, with no edit behind it.
 */
export function themedPage(post: Post, { origin, random, charset = "utf-8" }: PageSetting): string {
  const words = wordsFor(post.language);
  const upTo = (limit: number) => 1 + Math.floor(random() * limit);
  const address = `${origin}${post.path}`;
  const token = upTo(2 ** 40).toString(36);
  return `<!doctype html>
<html lang="${post.language}">
<head>
<meta charset="${charset}">
<meta name="viewport" content="width=device-width">
<title>${escapeHtml(post.headline)} | ${words.site}</title>
<link rel="canonical" href="${address}">
<meta property="og:type" content="article">
<meta property="og:site_name" content="${words.site}">
<meta property="og:title" content="${escapeHtml(post.headline)}">
<meta property="article:published_time" content="${post.published}">
<meta property="article:modified_time" content="${post.modified}">
<meta name="csrf-token" content="${token}">
<style>body{margin:0 auto;max-width:60rem;font:1rem/1.6 serif}.sidebar{font-size:.8rem}</style>
</head>
<body class="single single-post">
<a class="skip-link" href="#content">${words.menu[0]}</a>
<header class="site-header"><p class="site-title"><a href="${origin}/" rel="home">${words.site}</a></p><p class="site-description">${words.motto}</p></header>
<nav class="main-navigation"><ul>${words.menu.map((item) => `<li><a href="${origin}/">${item}</a></li>`).join("")}</ul></nav>
<main id="content" class="site-main">
<h2 class="date-header">${longDate(post)}</h2>
<article class="post hentry">
<header class="entry-header">
<h1 class="entry-title">${escapeHtml(post.headline)}</h1>
<div class="entry-meta">${words.by} <span class="author vcard"><a class="fn" rel="author" href="${origin}/author">${escapeHtml(post.byline)}</a></span>
<time class="entry-date published" datetime="${post.published}">${longDate(post)}</time>
<time class="updated" datetime="${post.modified}">${words.updated(upTo(50))}</time>
<span class="post-views">${(12_000 + upTo(4000)).toLocaleString(post.language)} ${words.views}</span></div>
</header>
<div class="entry-content">
${post.blocks.map((block) => body(block, words, origin)).join("\n")}
</div>
<footer class="entry-footer"><ul class="share-buttons">${words.share.map((item) => `<li><a href="#share" rel="nofollow">${item}</a></li>`).join("")}</ul></footer>
</article>
<section id="comments" class="comments-area"><h3>${words.comments(upTo(9))}</h3><form action="${address}" method="post"><input type="hidden" name="nonce" value="${token}"><label>${words.reply} <textarea name="comment"></textarea></label></form></section>
</main>
<aside class="sidebar widget-area"><h2>${words.popular}</h2>${popularPosts(words, random, upTo)}</aside>
<footer class="site-footer">${words.site}</footer>
<script>window.visit={id:"${token}",n:${upTo(2 ** 30)}}</script>
</body>
</html>
`;
}

function body(block: PostBlock, words: Words, origin: string): string {
  const text = escapeHtml(block.text);
  if (block.kind === "related")
    return `<p><strong>${words.readAlso}</strong> <a href="${origin}/2026/02/${block.slug}.html">${text}</a></p>`;
  return block.kind === "heading" ? `<h3>${text}</h3>` : `<p>${text}</p>`;
}

/** The list, begun somewhere else at each request. */
function popularPosts(words: Words, random: () => number, upTo: (limit: number) => number): string {
  const first = Math.floor(random() * words.posts.length);
  const rotated = [...words.posts.slice(first), ...words.posts.slice(0, first)];
  return `<ol>${rotated.map((title) => `<li><a href="#">${title}</a> <small>${words.ago(upTo(22))}, ${upTo(900)} ${words.views}</small></li>`).join("")}</ol>`;
}

const longDate = ({ published, language }: Post): string =>
  new Intl.DateTimeFormat(language, { dateStyle: "full", timeZone: "UTC" }).format(new Date(published));
