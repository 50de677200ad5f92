import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const require = createRequire(import.meta.url);

/** First code point of scripts for which a machine may have no font. */
const FIRST_EASTERN = 0x2e80;

const firstOf = (range: string) => Number.parseInt(range.trim().replace(/^U\+/i, ''), 16);

const facesOf = (sheet: string) => readFileSync(sheet, 'utf8').match(/@font-face \{[^}]*\}/g) ?? [];

/** Stores the file of a `@font-face`, which then refers to where that is. */
const placed = (face: string, folder: string, place: (name: string, content: Uint8Array) => string) =>
  face.replace(/src: url\(\.\/(files\/[^)]+\.woff2)\)[^;]*;/, (_, path: string) => {
    const content = readFileSync(join(folder, path));
    return `src: url(${place(path, content)}) format('woff2');`;
  });

/** A `@font-face` restricted to its East Asian characters, if any. Others use system fonts. */
function easternFace(face: string): string | undefined {
  const ranges = /unicode-range: ([^;]+);/.exec(face)?.[1]?.split(',') ?? [];
  const eastern = ranges.filter((range) => firstOf(range) >= FIRST_EASTERN);
  return eastern.length > 0 ? face.replace(/unicode-range: [^;]+;/, `unicode-range: ${eastern.join(',')};`) : undefined;
}

/**
 * Style sheet with a Chinese font in slices for machines without one. Browsers load only the slices they need.
 *
 * @param place stores the file of a slice and returns its address
 */
export function chineseFont(place: (name: string, content: Uint8Array) => string): string {
  const sheet = require.resolve('@fontsource/noto-sans-sc/400.css');
  return facesOf(sheet)
    .flatMap((face) => easternFace(face) ?? [])
    .map((face) => placed(face, dirname(sheet), place))
    .join('\n');
}

/** The same with all its characters, for pictures that are drawn where no other font is. */
export function wholeFont(place: (name: string, content: Uint8Array) => string): string {
  const sheet = require.resolve('@fontsource/noto-sans-sc/400.css');
  return facesOf(sheet)
    .map((face) => placed(face, dirname(sheet), place))
    .join('\n');
}
