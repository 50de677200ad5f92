import { createHash } from 'node:crypto';
import { escapeMarkup } from '../../ontology/escape-markup.ts';
import { beginningOf } from '../../ontology/plain-text.ts';

/** A link; what is no web address is shown as text. */
export function link(address: string, text: string, title?: string): string {
  if (!/^https?:\/\//i.test(address)) return escapeMarkup(text);
  const hint = title === undefined ? '' : ` title="${escapeMarkup(title)}"`;
  return `<a href="${escapeMarkup(address)}"${hint}>${escapeMarkup(text)}</a>`;
}

/** JSON inside of a `script` element, which no text of it can end. */
export const scriptJson = (value: unknown): string =>
  JSON.stringify(value).replace(/[<>&\u2028\u2029]/g, escapedInScript);

const escapedInScript = (char: string) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;

const darkColors = (root: string) =>
  `${root}{color-scheme:dark;--ink:#eceae5;--soft:#b6bdc4;--line:#30363d;--link:#7cb8ff;--ground:#15181c;--raised:#1c2025;--mark:#f2a65a;--silk:#f2a65a}`;

const style = `
:root{color-scheme:light dark;--ink:#22262b;--soft:#4c545d;--line:#dedbd2;--link:#0b5cb8;--ground:#fbfaf7;--raised:#fff;--mark:#b45309;--silk:#a4490a}
:root:lang(zh){text-autospace:normal}
@media screen{${darkColors(':root[data-theme=dark]')}}
@media screen and (prefers-color-scheme:dark){${darkColors(':root:not([data-theme=light])')}}
:root[data-theme=light]{color-scheme:light}
body{margin:0;color:var(--ink);background:var(--ground);font:1rem/1.6 -apple-system,"Segoe UI",Roboto,"Open Sans","Noto Sans SC","Device Chinese",sans-serif;overflow-wrap:anywhere}
header{display:flex;flex-wrap:wrap;align-items:center;gap:.5rem 1.25rem;padding:.55rem 1.25rem;border-bottom:1px solid var(--line);font-size:.94rem}
.brand{display:inline-flex;align-items:center;gap:.5rem;font-weight:650;color:var(--ink);text-decoration:none}
.brand svg{fill:none;stroke:var(--silk);stroke-width:2}
.brand circle{fill:var(--ground)}
header form{flex:1 1 12rem;max-width:30rem}
header input{width:100%;box-sizing:border-box;font:inherit;color:inherit;padding:.35rem 1rem;border:1px solid var(--soft);border-radius:999px;background:var(--raised)}
header nav{display:flex;flex-wrap:wrap;gap:.15rem 1.1rem;margin-left:auto}
header nav a{color:var(--soft);text-decoration:none;line-height:1.9rem}
header button{border:0;padding:0 .3rem;background:none;color:var(--soft);font:inherit;font-size:1.1rem;line-height:1.9rem;cursor:pointer}
@media(scripting:none){.theme{display:none}}
header nav a:hover{color:var(--ink);text-decoration:underline}
main{margin:0 auto;max-width:46rem;padding:2rem 1.25rem 4rem}
h1{font-size:1.9rem;line-height:1.2;margin:0 0 .75rem;font-weight:650}
h2{font-size:1.05rem;margin:2rem 0 .5rem;padding-top:1rem;border-top:1px solid var(--line)}
a,h1,.name{unicode-bidi:plaintext}
a{color:var(--link);text-underline-offset:.15em;text-decoration-thickness:.06em}
.kind{color:var(--soft);margin:0 0 .25rem;font-size:.9rem;letter-spacing:.03em}
.lead{font-size:1.1rem}
.name{margin:-.4rem 0 .75rem;color:var(--soft);font-size:1.1rem}
.note,small{color:var(--soft)}
nav [lang|=zh]{display:inline-block;min-width:4em}
.way a{line-height:1.75rem}
.way{display:flex;flex-wrap:wrap;align-items:center;gap:.25rem 1.25rem;margin:0 0 1.5rem;font-size:.9rem;color:var(--soft)}
.many{columns:2 16rem;column-gap:2rem}
.map{width:100%;height:auto;border:1px solid var(--line);border-radius:8px;margin:.5rem 0}
.map circle{fill:var(--mark);stroke:var(--ground);stroke-width:.3}
.sources{padding-left:1.6rem;font-size:.93rem}
.steps{list-style:none;padding-left:0}
.citation{user-select:all;padding:.6rem .8rem;border:1px solid var(--line);border-radius:6px}
del{color:var(--soft)}
ins{text-decoration:none;font-weight:600}
:target{outline:2px solid var(--link);outline-offset:3px}
ul{margin:.25rem 0;padding-left:1.2rem}
li{margin:.2rem 0}
dl{display:grid;grid-template-columns:minmax(8rem,12rem) 1fr;gap:.3rem 1rem;margin:1rem 0}
dt{color:var(--soft)}
dd{margin:0}
sup{line-height:1}
sup a{display:inline-block;min-width:1.5rem;line-height:1.5rem;text-align:center}
time{font-variant-numeric:tabular-nums;color:var(--soft);margin-right:.4rem}
dd time,small time{color:inherit;margin:0}
h2 .note{font-weight:400}
footer{margin-top:2.5rem;padding-top:1rem;border-top:1px solid var(--line);color:var(--soft);font-size:.9rem}
.day{margin-left:auto}
.day input,.day button{font:inherit;color:inherit;padding:.1rem .4rem;border:1px solid var(--line);border-radius:6px;background:var(--raised)}
.day button{cursor:pointer;margin-left:.4rem}
.earlier{padding:.5rem .8rem;border:1px solid var(--mark);border-radius:6px}
.around svg{display:block;max-width:100%;height:auto;margin:1.25rem auto 0}
.around path{fill:none;stroke:var(--line);stroke-width:1.5}
.around text{fill:var(--link);font-size:14px}
.around .self{fill:var(--ink);font-weight:650}
.around circle{fill:var(--soft)}
.around .self+circle,.around .centre{fill:var(--mark)}
.around a:hover text{text-decoration:underline}
.around .narrow{display:none}
@media(max-width:44rem){.around .wide{display:none}.around .narrow{display:block}}
@media(max-width:32rem){.day{margin-left:0;flex-basis:100%}dl{display:block}dd{margin:0 0 .5rem}main{padding-top:1.25rem}.way{margin-bottom:1rem}}
@media print{:root{color-scheme:light}header,.way,footer{display:none}a{color:inherit}}
`;

/**
 * Shows the page in the theme that was chosen in the explorer, and switches it. The explorer keeps its name under the same key.
 */
const themeScript = `(()=>{const root=document.documentElement,key='silkgraph-theme';
let kept=null;try{kept=localStorage.getItem(key)}catch{}
if(kept==='light'||kept==='dark')root.dataset.theme=kept;
addEventListener('click',event=>{if(!event.target.closest('.theme'))return;
const isDark=root.dataset.theme?root.dataset.theme==='dark':matchMedia('(prefers-color-scheme: dark)').matches;
root.dataset.theme=isDark?'light':'dark';
try{localStorage.setItem(key,root.dataset.theme)}catch{}})})()`;

const sourceOf = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** The Content-Security-Policy source of the script of pages. */
export const scriptSource = sourceOf(themeScript);

/** The button that switches the theme; it is there where scripts run. */
export const themeSwitch = (label: string): string =>
  `<button type="button" class="theme" title="${label}" aria-label="${label}">◐</button>`;

/** The Content-Security-Policy source of the style of pages. */
export const styleSource = sourceOf(style);

/** Addresses of files of the explorer that pages use. */
export interface PageAssets {
  readonly sheet: string;
  /** Boxes in place of Chinese characters until these are loaded. */
  readonly boxes: string;
  /** Icon of the site. */
  readonly icon: string;
}

export interface PageParts {
  readonly title: string;
  readonly language: string;
  readonly description: string;
  readonly canonical?: string;
  /** Whether it is about one thing, for previews of links. */
  readonly isArticle?: boolean;
  /** Address of a picture, for previews of links, and its size in pixels. */
  readonly picture?: { readonly address: string; readonly width: number; readonly height: number } | undefined;
  /** Name of the whole, for previews of links. */
  readonly siteName?: string;
  /** The same in other languages: language and address. */
  readonly translations?: readonly (readonly [language: string, address: string])[];
  /** @default fonts of the device, and no icon */
  readonly assets?: PageAssets | undefined;
  /** The same in other forms: media type and address. */
  readonly alternates?: readonly (readonly [type: string, address: string])[];
  /** Elements for the head, as HTML. */
  readonly head?: string;
  /** What stands above the page, as HTML. */
  readonly header: string;
  /** As HTML. */
  readonly body: string;
}

/** Metadata of the picture for previews of links. */
export const pictureMeta = (picture: PageParts['picture']): string =>
  picture === undefined
    ? '<meta name="twitter:card" content="summary">'
    : `<meta property="og:image" content="${escapeMarkup(picture.address)}">
<meta property="og:image:type" content="image/png">
<meta property="og:image:width" content="${picture.width}">
<meta property="og:image:height" content="${picture.height}">
<meta name="twitter:card" content="summary_large_image">`;

/** The boxes are asked for at once, so that the first lines are as long as they will be. */
const assetLinks = ({ sheet, boxes, icon }: PageAssets) =>
  `<link rel="icon" type="image/svg+xml" href="${escapeMarkup(icon)}">
<link rel="preload" as="font" type="font/woff" crossorigin href="${escapeMarkup(boxes)}">
<link rel="stylesheet" href="${escapeMarkup(sheet)}">`;

/** A page that reads without scripts. */
export const page = ({
  title,
  language,
  description,
  canonical,
  isArticle = false,
  picture,
  siteName = 'Silkgraph',
  translations = [],
  assets,
  alternates = [],
  head = '',
  header,
  body,
}: PageParts): string =>
  `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeMarkup(title)}</title>
<meta name="description" content="${escapeMarkup(beginningOf(description, 300))}">
<meta property="og:title" content="${escapeMarkup(title)}">
<meta property="og:description" content="${escapeMarkup(beginningOf(description, 300))}">
<meta property="og:type" content="${isArticle ? 'article' : 'website'}">
<meta property="og:site_name" content="${escapeMarkup(siteName)}">
<meta property="og:locale" content="${language === 'zh-Hans' ? 'zh_CN' : 'en_GB'}">
${pictureMeta(picture)}
${canonical === undefined ? '' : `<meta property="og:url" content="${escapeMarkup(canonical)}">`}
${translations.map(([tag, address]) => `<link rel="alternate" hreflang="${tag}" href="${escapeMarkup(address)}">`).join('\n')}
${assets === undefined ? '' : assetLinks(assets)}
${canonical === undefined ? '' : `<link rel="canonical" href="${escapeMarkup(canonical)}">`}
${alternates.map(([type, address]) => `<link rel="alternate" type="${type}" href="${escapeMarkup(address)}">`).join('\n')}
<style>${style}</style>
<script>${themeScript}</script>
${head}
</head>
<body>
${header}
<main>
${body}
</main>
</body>
</html>
`;
