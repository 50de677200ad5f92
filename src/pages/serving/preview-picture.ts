import { createRequire } from 'node:module';
import { createCache, textBytes } from '../../engine/budgets/budgeted-cache.ts';

/** What a preview of a link shows, from above to below. */
export interface Preview {
  /** What kind of thing it is. */
  readonly kind: string;
  readonly title: string;
  /** The title in another language. */
  readonly otherTitle?: string | undefined;
  readonly text: string;
  /** Where it is from. */
  readonly origin: string;
}

/** A font in slices, each for some characters. */
export interface SlicedFont {
  /** Style sheet with a `@font-face` for each slice. */
  readonly sheet: string;
  /** The file of a slice. */
  content(name: string): Uint8Array | undefined;
}

export interface PreviewPictures {
  /** Whether this machine can draw. */
  readonly isThere: boolean;
  /** Draws a preview as PNG; `undefined` if this machine cannot. */
  draw(preview: Preview): Promise<Uint8Array<ArrayBuffer> | undefined>;
}

/** Size of a picture in pixels, as social networks and messengers show it. */
export const previewSize = { width: 1200, height: 630 } as const;

const LIBRARY = '@napi-rs/canvas';

/** The library that draws has a part for each platform, and there is none for some. */
function isInstalled(): boolean {
  try {
    createRequire(import.meta.url).resolve(LIBRARY);
    return true;
  } catch {
    return false;
  }
}

interface Slice {
  readonly file: string;
  readonly ranges: readonly (readonly [first: number, last: number])[];
}

const slicesOf = (sheet: string): readonly Slice[] =>
  (sheet.match(/@font-face \{[^}]*\}/g) ?? []).map((face) => ({
    file: /url\(['"]?\.?\/?([^)'"]+)['"]?\)/.exec(face)?.[1] ?? '',
    ranges: (/unicode-range: ([^;]+);/.exec(face)?.[1] ?? '').split(',').map((range) => {
      const [first = 0, last = first] = range
        .trim()
        .replace(/^U\+/i, '')
        .split('-')
        .map((code) => Number.parseInt(code, 16));
      return [first, last];
    }),
  }));

const [MARGIN, RIGHT] = [72, previewSize.width - 72];

/** Longest text that is drawn. */
const LONGEST = 400;

/** Parts between which a line may break: words, and each Chinese character. */
const partsOf = (text: string): readonly string[] =>
  text.match(/[\p{Script=Han}\u3000-\u303f\uff00-\uffef]|[^\s\p{Script=Han}\u3000-\u303f\uff00-\uffef]+\s*|\s+/gu) ??
  [];

/** A text in lines that fit; the last of them ends with an ellipsis if there were more. A longer word is cut. */
function linesOf(text: string, most: number, fits: (line: string) => boolean): readonly string[] {
  const ended = (line: string) => {
    let kept = line;
    while (kept.length > 1 && !fits(`${kept}…`)) kept = kept.slice(0, -1);
    return `${kept.trimEnd()}…`;
  };
  const lines: string[] = [];
  let line = '';
  for (const part of partsOf(text)) {
    if (line !== '' && !fits((line + part).trimEnd())) {
      lines.push(line.trimEnd());
      line = '';
    }
    line += part;
  }
  lines.push(line.trimEnd());
  return lines
    .slice(0, most)
    .map((each, index) => ((index === most - 1 && lines.length > most) || !fits(each) ? ended(each) : each));
}

const colors = { ground: '#ffffff', ink: '#1c2430', soft: '#5b6675', line: '#0b5cad' };

/** Sizes that a title may have, the largest that fits first, with the number of its lines. */
const titleSizes = [
  [68, 2],
  [54, 3],
  [44, 4],
] as const;

/** Draws previews of links with the font of the pages. Each is drawn once, as long as it is stored. */
export function createPreviewPictures(font: () => SlicedFont | undefined): PreviewPictures {
  const isThere = isInstalled();
  const stored = createCache<Uint8Array<ArrayBuffer>>('pictures', {
    sizeOf: ({ byteLength }, key) => byteLength + textBytes(key),
  });
  const registered = new Set<string>();
  let slices: readonly Slice[] | undefined;

  async function drawn(preview: Preview): Promise<Uint8Array<ArrayBuffer> | undefined> {
    const library = (await import(LIBRARY).catch(() => undefined)) as typeof import('@napi-rs/canvas') | undefined;
    const source = font();
    if (!library || !source) return undefined;
    slices ??= slicesOf(source.sheet);
    const known = slices;
    /** The slices of a text as a list of families, which the library tries in their order. */
    function familiesOf(text: string): string {
      const files = new Set<string>();
      for (const char of text) {
        const code = char.codePointAt(0) ?? 0;
        const slice = known.findLast(({ ranges }) => ranges.some(([first, last]) => code >= first && code <= last));
        if (slice) files.add(slice.file);
      }
      for (const file of files) {
        const content = registered.has(file) ? undefined : source?.content(file);
        if (content) library?.GlobalFonts.register(Buffer.from(content), `preview ${file}`);
        registered.add(file);
      }
      return [...files].map((file) => `"preview ${file}"`).join(', ') || 'sans-serif';
    }

    const canvas = library.createCanvas(previewSize.width, previewSize.height);
    const pen = canvas.getContext('2d');
    const fill = (color: string, x: number, y: number, width: number, height: number) => {
      pen.fillStyle = color;
      pen.fillRect(x, y, width, height);
    };
    const use = (text: string, size: number) => {
      pen.font = `${size}px ${familiesOf(`${text}…`)}`;
    };
    function fitted(text: string, size: number, most: number): readonly string[] {
      use(text, size);
      return linesOf(text, most, (line) => pen.measureText(line).width <= RIGHT - MARGIN);
    }
    /** Writes lines below a place, and returns the place below them. */
    function write(lines: readonly string[], size: number, color: string, top: number, leading = 1.28): number {
      use(lines.join(''), size);
      pen.fillStyle = color;
      lines.forEach((line, index) => {
        pen.fillText(line, MARGIN, top + size + index * size * leading);
      });
      return top + lines.length * size * leading;
    }

    fill(colors.ground, 0, 0, previewSize.width, previewSize.height);
    fill(colors.line, 0, 0, previewSize.width, 12);
    const [title, text] = [preview.title.slice(0, LONGEST), preview.text.slice(0, LONGEST)];
    let below = write([preview.kind.slice(0, LONGEST)], 30, colors.soft, 62);
    const [size, most] =
      titleSizes.find(([each, lines]) => !fitted(title, each, lines).at(-1)?.endsWith('…')) ?? titleSizes[2];
    below = write(fitted(title, size, most), size, colors.ink, below + 14, 1.2);
    if (preview.otherTitle !== undefined)
      below = write(fitted(preview.otherTitle.slice(0, LONGEST), 34, 1), 34, colors.soft, below + 16);
    const room = Math.floor((previewSize.height - 100 - below - 22) / (30 * 1.4));
    if (room > 0) write(fitted(text, 30, Math.min(4, room)), 30, colors.ink, below + 22, 1.4);
    fill('#dfe4ea', MARGIN, previewSize.height - 92, RIGHT - MARGIN, 2);
    write(fitted(preview.origin.slice(0, LONGEST), 26, 1), 26, colors.soft, previewSize.height - 76);
    return Uint8Array.from(await canvas.encode('png'));
  }

  return {
    isThere,
    async draw(preview) {
      const key = JSON.stringify(preview);
      const known = stored.get(key) ?? (await drawn(preview));
      if (known) stored.set(key, known);
      return known;
    },
  };
}
