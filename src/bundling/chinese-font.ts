import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const require = createRequire(import.meta.url);

/** Where the scripts begin that a machine may have no font for. */
const FIRST_EASTERN = 0x2e80;

const firstOf = (range: string) => Number.parseInt(range.trim().replace(/^U\+/i, ''), 16);

/** A `@font-face` for its Eastern characters alone, where it has any: all others come from the machine's own fonts. */
function easternFace(face: string): string | undefined {
  const ranges = /unicode-range: ([^;]+);/.exec(face)?.[1]?.split(',') ?? [];
  const eastern = ranges.filter((range) => firstOf(range) >= FIRST_EASTERN);
  return eastern.length > 0 ? face.replace(/unicode-range: [^;]+;/, `unicode-range: ${eastern.join(',')};`) : undefined;
}

/**
 * Chinese characters for machines that have none: a style sheet of slices, of which a browser takes those it needs.
 *
 * @param place puts the file of a slice somewhere, and tells its address
 */
export function chineseFont(place: (name: string, content: Uint8Array) => string): string {
  const sheet = require.resolve('@fontsource/noto-sans-sc/400.css');
  const faces = readFileSync(sheet, 'utf8').match(/@font-face \{[^}]*\}/g) ?? [];
  return faces
    .flatMap((face) => easternFace(face) ?? [])
    .map((face) =>
      face.replace(/src: url\(\.\/(files\/[^)]+\.woff2)\)[^;]*;/, (_, path: string) => {
        const content = readFileSync(join(dirname(sheet), path));
        return `src: url(${place(path, content)}) format('woff2');`;
      }),
    )
    .join('\n');
}
