import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { boxFont } from './box-font.ts';

const require = createRequire(import.meta.url);

/** First code point of scripts for which a machine may have no font. */
const FIRST_EASTERN = 0x2e80;

const firstOf = (range: string) => Number.parseInt(range.trim().replace(/^U\+/i, ''), 16);

/** A `@font-face` restricted to its East Asian characters, if any. Others use system fonts. */
function easternFace(face: string): string | undefined {
  const ranges = /unicode-range: ([^;]+);/.exec(face)?.[1]?.split(',') ?? [];
  const eastern = ranges.filter((range) => firstOf(range) >= FIRST_EASTERN);
  return eastern.length > 0 ? face.replace(/unicode-range: [^;]+;/, `unicode-range: ${eastern.join(',')};`) : undefined;
}

/** Stores the file of a slice and returns its address. */
type Place = (name: string, content: Uint8Array) => string;

/** Style sheet with what is kept of each `@font-face`, whose files are stored. */
function fontWith(kept: (face: string) => string | undefined, place: Place): string {
  const sheet = require.resolve('@fontsource/noto-sans-sc/400.css');
  const faces = readFileSync(sheet, 'utf8').match(/@font-face \{[^}]*\}/g) ?? [];
  return faces
    .flatMap((face) => kept(face) ?? [])
    .map((face) =>
      face.replace(/src: url\(\.\/(files\/[^)]+\.woff2)\)[^;]*;/, (_, path: string) => {
        const content = readFileSync(join(dirname(sheet), path));
        return `src: url(${place(path, content)}) format('woff2');`;
      }),
    )
    .join('\n');
}

/** Chinese fonts of operating systems, by the names that browsers know them by. */
const installed = [
  ...['PingFang SC', 'PingFangSC-Regular', 'Microsoft YaHei', 'MicrosoftYaHei', 'HarmonyOS Sans SC'],
  ...['Noto Sans CJK SC', 'NotoSansCJKsc-Regular', 'Noto Sans SC', 'NotoSansSC-Regular'],
  ...['Source Han Sans SC', 'SourceHanSansSC-Regular', 'WenQuanYi Micro Hei', 'Droid Sans Fallback'],
];

/** File of the boxes. */
const BOXES = 'boxes.woff';

/**
 * A `@font-face`, "Device Chinese", for the time until the Chinese font is loaded: a font of the machine, or else boxes that are as wide as
 * the characters. So texts do not break elsewhere when these come, and nothing below them moves.
 */
export const deviceChinese = (place: Place): string => `@font-face {
  font-family: 'Device Chinese';
  src: ${installed.map((name) => `local('${name}')`).join(', ')}, url(${place(BOXES, boxFont())}) format('woff');
  font-display: swap;
  unicode-range: U+2e80-9fff, U+f900-faff, U+fe30-fe4f, U+ff01-ff60, U+ffe0-ffe6;
}`;

/** Style sheet with a Chinese font in slices for machines without one. Browsers load only the slices they need. */
export const chineseFont = (place: Place): string => `${fontWith(easternFace, place)}\n${deviceChinese(place)}`;

/** The same with all its characters, for pictures that are drawn where no other font is. */
export const wholeFont = (place: Place): string => fontWith((face) => face, place);
