/** A rectangle in screen pixels. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A label with its possible positions in order of preference. */
export interface Label {
  readonly id: string;
  readonly places: readonly Box[];
  /** Priority. */
  readonly weight: number;
}

/** Cell size of the spatial index in pixels. */
const SQUARE = 120;

const overlap = (a: Box, b: Box) =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

function squaresOf({ x, y, width, height }: Box): readonly string[] {
  const keys: string[] = [];
  for (let column = Math.floor(x / SQUARE); column <= Math.floor((x + width) / SQUARE); column += 1) {
    for (let row = Math.floor(y / SQUARE); row <= Math.floor((y + height) / SQUARE); row += 1) {
      keys.push(`${column} ${row}`);
    }
  }
  return keys;
}

/**
 * Selects labels by priority, each with the index of its position. Labels do not overlap or leave the visible area. Only
 * a few of the most important ones may cover the symbols of other entities.
 */
export function readableLabels(
  labels: readonly Label[],
  isSeen: (box: Box) => boolean = () => true,
  signs: ReadonlyMap<string, Box> = new Map(),
  few = 0,
): ReadonlyMap<string, number> {
  const taken = new Map<string, { id: string; box: Box; isSign: boolean }[]>();
  const take = (id: string, box: Box, isSign: boolean) => {
    for (const key of squaresOf(box)) {
      const there = taken.get(key) ?? [];
      there.push({ id, box, isSign });
      taken.set(key, there);
    }
  };
  const isFree = (id: string, box: Box, isOverSigns: boolean) =>
    squaresOf(box).every((key) =>
      (taken.get(key) ?? []).every(
        (other) => other.id === id || (isOverSigns && other.isSign) || !overlap(box, other.box),
      ),
    );
  const chosen = new Map<string, number>();
  for (const [id, box] of signs) take(id, box, true);
  const order = labels.toSorted((a, b) => b.weight - a.weight || (a.id < b.id ? -1 : 1));
  for (const [index, { id, places }] of order.entries()) {
    const placeOf = (isOverSigns: boolean) => places.findIndex((box) => isSeen(box) && isFree(id, box, isOverSigns));
    const clear = placeOf(false);
    const place = clear === -1 && index < few ? placeOf(true) : clear;
    const box = places[place];
    if (!box) continue;
    chosen.set(id, place);
    take(id, box, false);
  }
  return chosen;
}

/** Width of a line in Latin characters; a Chinese character counts as two. */
export const widthOf = (line: string): number => [...line].reduce((sum, sign) => sum + (sign > '\u2e80' ? 2 : 1), 0);

/** Spaces, Chinese characters with their punctuation, and words in other scripts: units for line breaks. */
const tokens =
  /\s+|[“‘（《「]*[\u2e80-\u{2ffff}][”’）》」，。、：；]*|[^\s\u2e80-\u{2ffff}“‘]+|[“‘]+[^\s\u2e80-\u{2ffff}]*/gu;

/** Breaks a name into lines of about equal length, with an ellipsis if there are too many. */
export function wrapped(name: string, signs = 24, most = 3): string {
  const lines: string[] = [];
  let [line, space] = ['', ''];
  for (const token of name.match(tokens) ?? []) {
    if (token.trim() === '') {
      space = ' ';
      continue;
    }
    if (line !== '' && widthOf(line + space + token) > signs) {
      lines.push(line);
      line = token;
    } else {
      line = line === '' ? token : line + space + token;
    }
    space = '';
  }
  lines.push(line);
  return lines.length <= most ? lines.join('\n') : `${lines.slice(0, most).join('\n')} …`;
}
