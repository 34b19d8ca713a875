/**
 * The reading room's dress: a quiet newspaper's corrections page. One sheet, no font and no image from anywhere. Logical
 * properties throughout, since half of what is read here may run from right to left.
 *
 * Marks never speak by colour alone: what was put in is underlined, what was taken out is struck, what moved has a
 * dotted edge. All colours hold 4.5 : 1 against what they stand on, in both themes.
 */
export const STYLE_CSS = `
:root {
  color-scheme: light dark;
  --paper: #fcfbf8; --ink: #1d1b18; --soft: #5f5a52; --line: #ddd7cc; --wash: #f3f0e9;
  --link: #1f4f82; --focus: #b8560b;
  --in: #0b5a2a; --in-wash: #dff1e3; --out: #8f1d18; --out-wash: #fbe5e1; --move: #5b3f8c; --move-wash: #eee8f7; --mark-wash: #faf0c8;
  --loud: #8f1d18; --loud-ink: #fff;
  --serif: "Iowan Old Style", "Palatino Linotype", Palatino, Charter, "Noto Serif", Georgia, serif;
  --sans: system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Helvetica Neue", Arial, sans-serif;
  --mono: ui-monospace, "SF Mono", "Cascadia Mono", Menlo, "DejaVu Sans Mono", monospace;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #17181a; --ink: #e9e5dd; --soft: #a8a298; --line: #3a3936; --wash: #212225;
    --link: #9cc4ee; --focus: #f0a35e;
    --in: #a5e0b4; --in-wash: #173522; --out: #f4b0a6; --out-wash: #43201d; --move: #cdb8f5; --move-wash: #2e2640; --mark-wash: #3a3413;
    --loud: #f4b0a6; --loud-ink: #1d1b18;
  }
}
*, ::before, ::after { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body {
  margin: 0 auto; padding: 0 1rem 3rem; max-width: 46rem;
  background: var(--paper); color: var(--ink); font: 1.0625rem/1.6 var(--serif); overflow-wrap: anywhere;
}
a { color: var(--link); text-underline-offset: .15em; text-decoration-thickness: .06em; }
a:hover { text-decoration-thickness: .14em; }
:focus-visible { outline: .2rem solid var(--focus); outline-offset: .15rem; border-radius: .1rem; }
main:focus { outline: none; }
p { margin: .6rem 0; }
h1, h2, h3, h4 { font-family: var(--serif); line-height: 1.22; margin: 1.8rem 0 .5rem; text-wrap: balance; }
h1 { font-size: clamp(1.5rem, 1.1rem + 2vw, 2.15rem); font-weight: 700; margin: .2rem 0 .6rem; }
h2 { font-size: 1.3rem; } h3 { font-size: 1.1rem; } h4 { font-size: 1rem; }
h1.tagline { font-size: 1.15rem; font-weight: 400; font-style: italic; color: var(--soft); margin: 0 0 .2rem; }
code, pre { font-family: var(--mono); font-size: .82em; }
pre { background: var(--wash); padding: .7rem .9rem; overflow-x: auto; white-space: pre-wrap; border-radius: .2rem; }
blockquote { margin: .8rem 0; padding-inline-start: 1rem; border-inline-start: .2rem solid var(--line); }
bdi { unicode-bidi: isolate; }
.skip { position: absolute; inset-inline-start: -99rem; background: var(--paper); padding: .4rem .8rem; z-index: 1; }
.skip:focus { inset-inline-start: .5rem; inset-block-start: .5rem; }

.masthead {
  display: flex; flex-wrap: wrap; align-items: baseline; gap: 0 1rem;
  padding: .8rem 0 .55rem; border-block-end: .18rem double var(--ink); margin-block-end: 1.1rem;
}
.masthead p { margin: 0; }
.name { font-size: 1.45rem; font-weight: 700; letter-spacing: -.01em; }
.name a { color: inherit; text-decoration: none; }
.masthead nav { margin-inline-start: auto; }
.masthead ul { display: flex; flex-wrap: wrap; gap: 0 1.1rem; list-style: none; margin: 0; padding: 0; font: .9rem/2 var(--sans); }
.masthead [aria-current] { color: inherit; font-weight: 600; text-decoration: none; box-shadow: 0 .12rem 0 currentColor; }
.colophon { border-block-start: 1px solid var(--line); margin-block-start: 3rem; color: var(--soft); font: .8rem/1.5 var(--sans); }
.colophon ul { list-style: none; display: flex; flex-wrap: wrap; gap: 0 1.1rem; padding: 0; margin: .8rem 0 0; line-height: 2; }
.alarm { background: var(--loud); color: var(--loud-ink); padding: .7rem 1rem; margin-block-end: 1.1rem; font: 1rem/1.5 var(--sans); }
.alarm p { margin: 0; }

.kicker, .when, .note, .standing, .address, .links, .detail, .legend, .pager, .tags, .facts, .claims, .evidence, .captures, .compare {
  font-family: var(--sans);
}
.kicker { margin: 0; font-size: .8rem; color: var(--soft); }
.kicker a { color: inherit; }
.when, .note, .standing, .address, .links, .facts p { font-size: .875rem; line-height: 1.5; color: var(--soft); margin: .35rem 0; }
.standing { margin-block-end: 1.2rem; }
.detail { color: var(--soft); font-size: .8125rem; }
time { font-variant-numeric: tabular-nums; }
.warning { border-inline-start: .25rem solid var(--out); padding-inline-start: .7rem; color: var(--ink) !important; font: .9rem/1.5 var(--sans); }
.warning p { color: inherit; }
.cite { margin: 1.2rem 0; font: .9rem/1.5 var(--sans); }
.cite summary { cursor: pointer; color: var(--link); padding: .3rem 0; }
.whole { user-select: all; -webkit-user-select: all; }
.embed { padding: .8rem 1rem; max-width: none; border: 1px solid var(--line); min-height: 100vh; }
.embed h1 { font-size: 1.15rem; margin: .1rem 0 .3rem; }
.empty { background: var(--wash); padding: 1rem 1.2rem; margin: 1.5rem 0; }

.filter { margin: .6rem 0 1rem; }
.filter summary { font: .9rem/2 var(--sans); color: var(--link); cursor: pointer; }
.filter form { border: 1px solid var(--line); padding: .3rem 1rem 1rem; }
.reason::first-letter { text-transform: uppercase; }
.groups { list-style: none; margin: .6rem 0; padding: 0; font-size: 1rem; }
.groups li { padding: .4rem 0; border-block-end: 1px solid var(--line); }
.day-name { font: 600 .8rem/1.5 var(--sans); color: var(--soft); margin: 1.6rem 0 0; padding-block-end: .3rem; border-block-end: 1px solid var(--line); }
.happening, .watch, .moment { padding: 1rem 0 1.1rem; border-block-end: 1px solid var(--line); }
.headline { font-size: 1.2rem; margin: .1rem 0 .35rem; font-weight: 700; }
.headline a { color: inherit; text-decoration: none; }
.headline a:hover { text-decoration: underline; }
.excerpt { font-size: 1.0625rem; margin: .35rem 0; white-space: pre-line; }
.event strong { color: var(--out); }
.event.restored strong { color: var(--in); }

.tags { list-style: none; display: flex; flex-wrap: wrap; gap: .3rem .4rem; padding: 0; margin: .45rem 0 0; font-size: .78rem; line-height: 1.35; }
.tags:empty { display: none; }
.tag { border: 1px solid var(--line); border-radius: .2rem; padding: .1rem .45rem; color: var(--soft); max-width: 100%; }
.tag a { color: inherit; }
.tag.unmarked { border-color: var(--out); color: var(--out); font-weight: 600; }
.tag.disclosed { border-color: var(--in); color: var(--in); font-weight: 600; }
.tag.hint { border-style: dotted; font-style: italic; }
.tag.technical { border-style: dashed; }

ins, del { padding: .02em .1em; border-radius: .12em; -webkit-box-decoration-break: clone; box-decoration-break: clone; }
ins { color: var(--in); background: var(--in-wash); text-decoration: underline; text-decoration-thickness: .09em; text-underline-offset: .18em; }
del { color: var(--out); background: var(--out-wash); text-decoration: line-through; text-decoration-thickness: .09em; }
del + ins { margin-inline-start: .2em; -webkit-box-decoration-break: slice; box-decoration-break: slice; }
.visually-hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.moved { border-block-end: .12em dotted var(--move); background: var(--move-wash); padding: .02em .1em; -webkit-box-decoration-break: clone; box-decoration-break: clone; }
.moved-from { color: var(--soft); }
.moved:target { outline: .15rem solid var(--focus); }
.moved-link { font: .78rem/1.4 var(--sans); color: var(--move); }
.cosmetic ins, .cosmetic del { background: none; }
.change p { margin: .75rem 0; }
.change-field { font: 600 .75rem/1.4 var(--sans); color: var(--soft); margin-inline-end: .4rem; }
.change .change-folded { font: .8rem/1.4 var(--sans); color: var(--soft); text-align: center; display: flex; align-items: center; gap: .8rem; }
.change-folded::before, .change-folded::after { content: ""; flex: 1; border-block-end: 1px dotted var(--line); }
.change-note { font: .875rem/1.5 var(--sans); color: var(--soft); }
.change-degraded { border-inline-start: .25rem solid var(--out); padding-inline-start: .7rem; font: .9rem/1.5 var(--sans); }
.keys { font: .8125rem/1.5 var(--sans); color: var(--soft); }
.keys button { font: inherit; color: var(--link); background: none; border: 0; padding: .3rem .2rem; text-decoration: underline; cursor: pointer; }
@media (hover: none) { .keys { display: none; } }
@media (scripting: enabled) and (hover: hover) { .keys[hidden] { display: block; visibility: hidden; } }
:is(h1, .change p, .pair)[tabindex]:focus { outline: .15rem solid var(--focus); outline-offset: .3rem; }
.legend { display: flex; flex-wrap: wrap; gap: .3rem 1rem; align-items: baseline; font-size: .8125rem; margin: 1rem 0 .4rem; color: var(--soft); }
.legend .views { margin-inline-start: auto; display: flex; flex-wrap: wrap; gap: 0 1rem; }
.change-typography { margin: .75rem 0; padding-inline-start: .8rem; border-inline-start: .15rem dotted var(--line); }
.change-typography summary { font: .8rem/1.8 var(--sans); color: var(--soft); cursor: pointer; }
body:has(.columns) { max-width: 76rem; }
.columns > .change-field { margin: 1rem 0 0; }
.pair { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 0 1.6rem; padding-block: .1rem; border-block-start: 1px solid var(--line); }
.pair p:first-of-type { margin-block-start: .5rem; }
.pair .none { background: var(--wash); }
.cell-name { font: 600 .72rem/1.4 var(--sans); color: var(--soft); display: block; margin-block: .5rem -.3rem; }

.pager { display: flex; flex-wrap: wrap; gap: .35rem 1.2rem; font-size: .9rem; margin: 1.2rem 0; padding: .6rem 0; border-block: 1px solid var(--line); }
.pager [rel=next] { margin-inline-start: auto; }

.line { margin: .8rem 0 1rem; }
.line svg { display: block; width: 100%; height: 2.2rem; }
.line figcaption span:nth-child(2) { order: 1; flex-basis: 100%; }
.line figcaption { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0 1rem; }
.line .axis { fill: var(--line); } .line .baseline { fill: var(--soft); } .line .unmarked { fill: var(--out); } .line .marked { fill: var(--in); }
.line .cosmetic, .line .own { fill: var(--soft); } .line .unpublished, .line .restored { fill: var(--move); }
.line .away { fill: none; stroke: var(--move); stroke-width: 2; stroke-dasharray: 8 6; vector-effect: non-scaling-stroke; }
.told { position: relative; }
.said { color: inherit; background: var(--mark-wash); text-decoration: underline dotted .08em; text-underline-offset: .25em; }
.said:hover { text-decoration-style: solid; }
.told-notes { list-style: none; margin: 0; padding: 0; font: .875rem/1.5 var(--sans); }
.told-notes li { display: none; border-inline-start: .2rem solid var(--focus); padding-inline-start: .8rem; margin-block: .2rem 1rem; scroll-margin-block-start: 40vh; }
.told-notes p { margin: .15rem 0; }
.told-notes p[dir] { font: .95rem/1.5 var(--serif); }
.told-notes li:target,
.told:has(.said:nth-of-type(1):focus) .told-notes li:nth-child(1),
.told:has(.said:nth-of-type(2):focus) .told-notes li:nth-child(2),
.told:has(.said:nth-of-type(3):focus) .told-notes li:nth-child(3),
.told:has(.said:nth-of-type(4):focus) .told-notes li:nth-child(4),
.told:has(.said:nth-of-type(5):focus) .told-notes li:nth-child(5),
.told:has(.said:nth-of-type(6):focus) .told-notes li:nth-child(6) { display: block; }
@media (min-width: 78rem) and (hover: hover) {
  .told-notes li { position: absolute; inset-block-start: 0; inset-inline-start: calc(100% + 1.2rem); width: 14.5rem; margin: 0; }
  .told:has(.said:nth-of-type(1):hover) .told-notes li:nth-child(1),
  .told:has(.said:nth-of-type(2):hover) .told-notes li:nth-child(2),
  .told:has(.said:nth-of-type(3):hover) .told-notes li:nth-child(3),
  .told:has(.said:nth-of-type(4):hover) .told-notes li:nth-child(4),
  .told:has(.said:nth-of-type(5):hover) .told-notes li:nth-child(5),
  .told:has(.said:nth-of-type(6):hover) .told-notes li:nth-child(6) { display: block; background: var(--paper); z-index: 1; }
}
.watches, .timeline, .captures { list-style: none; margin: 0; padding: 0; }
.moment { padding: .9rem 0 1rem 1.2rem; padding-inline: 1.2rem 0; margin-inline-start: .35rem; border-inline-start: 2px solid var(--line); border-block-end: 0; position: relative; }
.moment::before { content: ""; position: absolute; inset-inline-start: calc(-.35rem - 1px); inset-block-start: 1.3rem; width: .7rem; height: .7rem; border-radius: 50%; background: var(--paper); border: 2px solid var(--soft); }
.moment:target { background: var(--wash); }
.moment h3 { margin: 0 0 .2rem; font: 600 .95rem/1.5 var(--sans); }
.moment p { margin: .25rem 0; }
.links a { margin-inline-end: 1rem; }
.facts { border-block-end: 1px solid var(--line); padding-block-end: .8rem; }
.captures li { padding: .45rem 0; border-block-end: 1px solid var(--line); font-size: .875rem; }
.captures p { margin: 0; }
.sides { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(22rem, 100%), 1fr)); gap: 0 2rem; }
.evidence-line { color: var(--soft); line-height: 1.35; }
.bad { color: var(--out); } .good { color: var(--in); }

.compare fieldset { border: 1px solid var(--line); display: flex; flex-wrap: wrap; gap: .5rem .8rem; align-items: center; padding: .6rem .9rem; margin: 1.2rem 0; font-size: .9rem; min-width: 0; }
.compare input, .compare button { font: inherit; color: inherit; background: var(--paper); border: 1px solid var(--soft); border-radius: .2rem; padding: .3rem .5rem; min-height: 2.4rem; }
.compare input { width: 5.5rem; } .compare button { cursor: pointer; padding-inline: 1rem; }

.search fieldset { border: 0; padding: 0; } .search input[type=search] { flex: 1 1 14rem; width: auto; min-width: 0; }

.subscribing { font-family: var(--sans); font-size: .95rem; }
.subscribing fieldset { border: 1px solid var(--line); padding: .4rem 1rem .8rem; margin: 1.4rem 0; min-width: 0; }
.subscribing legend { font-weight: 600; padding: 0 .4rem; margin-inline-start: -.4rem; }
.subscribing .field { display: block; margin: .8rem 0; }
.subscribing .row { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(13rem, 100%), 1fr)); gap: 0 1rem; }
.subscribing .row .field { margin-block: .3rem; }
.subscribing input:not([type=checkbox]), .subscribing select, .subscribing button { font: inherit; color: inherit; background: var(--paper); border: 1px solid var(--soft); border-radius: .2rem; padding: .4rem .6rem; min-height: 2.75rem; }
.subscribing input:not([type=checkbox]), .subscribing select { display: block; width: 100%; margin-block-start: .2rem; }
.subscribing .box { display: grid; grid-template-columns: auto 1fr; gap: .6rem; align-items: start; padding: .45rem 0; line-height: 1.4; }
.subscribing .box input { width: 1.2rem; height: 1.2rem; margin: 0; accent-color: var(--link); }
.boxes { display: grid; grid-template-columns: repeat(auto-fill, minmax(9rem, 1fr)); gap: 0 1rem; }
.buttons { display: flex; flex-wrap: wrap; gap: .7rem; margin: 1.4rem 0 0; }
.buttons button { cursor: pointer; padding-inline: 1.3rem; background: var(--link); border-color: var(--link); color: var(--paper); font-weight: 600; }
.buttons button.second { background: none; color: var(--link); font-weight: 400; }
.subscribing textarea { font: .875rem/1.5 var(--mono, monospace); color: inherit; background: var(--paper); border: 1px solid var(--soft); border-radius: .2rem; padding: .4rem .6rem; display: block; width: 100%; margin-block-start: .2rem; resize: vertical; }
.enrolled { padding-inline-start: 0; list-style: none; font: .9rem/1.5 var(--sans); }
.enrolled > li { border-block-end: 1px solid var(--line); padding: .7rem 0; }
.enrolled p { margin: .2rem 0; }
.enrolled-head { display: flex; flex-wrap: wrap; gap: .2rem .6rem; align-items: center; }
.enrolled-head input { width: 1.5rem; height: 1.5rem; margin: 0; accent-color: var(--link); }
.enrolled-head .address { overflow-wrap: anywhere; color: var(--soft); min-width: 0; }
.enrolled-reading { border-inline-start: .2rem solid var(--line); padding-inline-start: .8rem; margin: .4rem 0; }
.enrolled-reading .headline { font: 600 1rem/1.35 var(--serif); }
.done { border-inline-start: .25rem solid var(--in); padding-inline-start: .7rem; font: .9rem/1.5 var(--sans); }
.apart h2 { font: 600 .95rem/1.5 var(--sans); margin: .8rem 0 .3rem; }
.previewed { padding: 0; list-style: none; font-size: .9rem; line-height: 1.45; }
.previewed li { padding: .35rem 0; }
.previewed .left { color: var(--soft); }
.previewed .left strong { font-weight: 400; font-style: italic; }

.article .standfirst { font-size: 1.15rem; color: var(--soft); }
.article .byline { font: .9rem/1.5 var(--sans); color: var(--soft); }
.list-item { padding-inline-start: 1.3rem; position: relative; }
.list-item::before { content: "•"; position: absolute; inset-inline-start: .3rem; }
.entry { border-block-start: 1px solid var(--line); margin-block-start: 1.2rem; }
.table-row { font: .9rem/1.5 var(--sans); border-block-end: 1px solid var(--line); margin: 0; padding: .3rem 0; }
.history mark, .found mark { background: var(--mark-wash); color: inherit; padding: .02em .1em; -webkit-box-decoration-break: clone; box-decoration-break: clone; }
.history sup { line-height: 0; font: .7em/0 var(--sans); padding-inline: .15em; }
.history sup a { padding: .4em .2em; }
.sentence-notes { margin: .2rem 0 1.2rem; padding-inline-start: 1.9rem; border-inline-start: .2rem solid var(--line); font: .875rem/1.5 var(--sans); }
.sentence-notes li::marker { color: var(--soft); font-size: .8rem; }
.sentence-notes li:target { background: var(--wash); }
.sentence-notes p { margin: .15rem 0; }
.sentence-notes p[dir] { font: .95rem/1.5 var(--serif); }
.sentence-notes summary { color: var(--soft); cursor: pointer; }
.gone { list-style: none; margin: 0; padding: 0; }
.gone > li { padding: .5rem 0; }
.gone > li > p { margin: 0 0 .2rem; text-decoration: line-through; text-decoration-thickness: .06em; color: var(--soft); }
.gone .sentence-notes { padding-inline-start: .7rem; margin-block-end: 0; }
.apart { background: var(--wash); padding: .2rem 1rem .6rem; margin: 1.5rem 0; font-size: .95rem; }
.apart h3 { font: 600 .85rem/1.5 var(--sans); color: var(--soft); }

dl { margin: 0; } dt { color: var(--soft); } dd { margin: 0; }
.claims > div, .side dl > div { display: grid; grid-template-columns: minmax(0, 10.5rem) minmax(0, 1fr); gap: 0 1rem; padding: .35rem 0; border-block-end: 1px solid var(--line); font-size: .875rem; }
.side dl > div { grid-template-columns: minmax(0, 7.5rem) minmax(0, 1fr); font-size: .8125rem; }
.side h3 { font: 600 .9rem/1.5 var(--sans); margin: .9rem 0 .2rem; }
@media (max-width: 30rem) {
  .masthead { padding: .5rem 0 .35rem; margin-block-end: .8rem; }
  .masthead nav { margin: 0; }
  .claims > div, .side dl > div { grid-template-columns: minmax(0, 1fr); }
}
@media (max-width: 44rem) {
  .pair { grid-template-columns: minmax(0, 1fr); }
  .pair .before { border-inline-start: .2rem solid var(--out); padding-inline-start: .7rem; }
  .pair .after { border-inline-start: .2rem solid var(--in); padding-inline-start: .7rem; margin-block: .35rem .5rem; }
  .pair .none, .pair.same .before, .pair.same .cell-name { display: none; }
  .pair.same .after { border: 0; padding: 0; }
}
:lang(ar), :lang(fa), :lang(ur), :lang(he) { line-height: 1.75; }
:lang(zh), :lang(ja), :lang(ko) { line-height: 1.75; word-break: normal; line-break: strict; }
@media (prefers-reduced-motion: no-preference) { html { scroll-behavior: smooth; } }
@media (forced-colors: active) { ins, del { forced-color-adjust: none; } }
@media print {
  :root { --paper: #fff; --ink: #000; --soft: #333; --line: #999; --wash: #fff; --in-wash: #fff; --out-wash: #fff; --move-wash: #fff; --mark-wash: #fff; }
  body { max-width: none; font-size: 10.5pt; padding: 0; }
  .masthead nav, .pager, .skip, .compare, .filter, .legend .views, .keys, .links { display: none; }
  .happening, .moment, .side { break-inside: avoid; }
  .address a::after { content: ""; }
}
`;
