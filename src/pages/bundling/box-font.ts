import { deflateSync } from 'node:zlib';

/** Units in which sizes are given: as many as a character is high. */
const EM = 1000;

/** As those of the Chinese font. */
const ASCENT = 1160;
const DESCENT = -288;

/** East Asian characters that are as wide as they are high: first and last code points. */
const square = [
  [0x2e80, 0x2fdf],
  [0x2ff0, 0x303e],
  [0x3041, 0x4dbf],
  [0x4e00, 0x9fff],
  [0xf900, 0xfaff],
  [0xfe30, 0xfe4f],
  [0xff01, 0xff60],
  [0xffe0, 0xffe6],
] as const;

const int16 = (...values: readonly number[]): Buffer => {
  const bytes = Buffer.alloc(2 * values.length);
  values.forEach((value, index) => {
    bytes.writeUInt16BE(value & 0xffff, 2 * index);
  });
  return bytes;
};

const int32 = (...values: readonly number[]): Buffer => {
  const bytes = Buffer.alloc(4 * values.length);
  values.forEach((value, index) => {
    bytes.writeUInt32BE(value >>> 0, 4 * index);
  });
  return bytes;
};

const padded = (bytes: Buffer): Buffer => Buffer.concat([bytes, Buffer.alloc((4 - (bytes.length % 4)) % 4)]);

/** A frame of thin lines: its inner edge the other way round than its outer one, as a hole is. */
function frame(): Buffer {
  const corners = [
    [80, -40],
    [80, 800],
    [920, 800],
    [920, -40],
    [110, -10],
    [890, -10],
    [890, 770],
    [110, 770],
  ] as const;
  const steps = (axis: 0 | 1) => corners.map((corner, index) => corner[axis] - (corners[index - 1]?.[axis] ?? 0));
  return padded(
    Buffer.concat([
      int16(2, 80, -40, 920, 800),
      int16(3, 7, 0),
      Buffer.alloc(corners.length, 1),
      int16(...steps(0), ...steps(1)),
    ]),
  );
}

/** Maps each of the characters to the second glyph. */
function characterMap(): Buffer {
  const segments = [...square, [0xffff, 0xffff]] as const;
  const count = segments.length;
  const power = 2 ** Math.floor(Math.log2(count));
  let before = 0;
  const offsets = square.map(([first, last], index) => {
    // From this field to the glyphs of the segment.
    const offset = 2 * (count - index) + 2 * before;
    before += last - first + 1;
    return offset;
  });
  const body = Buffer.concat([
    int16(2 * count, 2 * power, Math.log2(power), 2 * (count - power)),
    int16(...segments.map(([, last]) => last), 0),
    int16(...segments.map(([first]) => first)),
    int16(...square.map(() => 0), 1),
    int16(...offsets, 0),
    int16(...Array<number>(before).fill(1)),
  ]);
  return Buffer.concat([int16(0, 1, 3, 1), int32(12), int16(4, body.length + 6, 0), body]);
}

/** The names that a font must have. */
function names(): Buffer {
  const texts = [
    [1, 'Boxes'],
    [2, 'Regular'],
    [4, 'Boxes'],
    [6, 'Boxes'],
  ] as const;
  const stored = texts.map(([, text]) => Buffer.from(text, 'utf16le').swap16());
  let offset = 0;
  const records = texts.map(([id], index) => {
    const { length } = stored[index] ?? '';
    offset += length;
    return int16(3, 1, 0x409, id, length, offset - length);
  });
  return Buffer.concat([int16(0, texts.length, 6 + 12 * texts.length), ...records, ...stored]);
}

function tables(): Readonly<Record<string, Buffer>> {
  const glyph = frame();
  const edge = [80, -40, 920, 800] as const;
  return {
    'OS/2': Buffer.concat([
      int16(3, EM, 400, 5, 0, 650, 600, 0, 75, 650, 600, 0, 350, 50, 300, 0),
      Buffer.alloc(10),
      int32(0, 0, 0, 0),
      Buffer.from('    '),
      int16(0x40, square[0][0], 0xffe6, ASCENT, DESCENT, 0, ASCENT, -DESCENT),
      int32(0, 0),
      int16(500, 700, 0, 0x20, 1),
    ]),
    cmap: characterMap(),
    glyf: glyph,
    head: Buffer.concat([
      int32(0x10000, 0x10000, 0, 0x5f0f3cf5),
      int16(0b1011, EM),
      int32(0, 0, 0, 0),
      int16(...edge, 0, 8, 2, 0, 0),
    ]),
    hhea: Buffer.concat([int32(0x10000), int16(ASCENT, DESCENT, 0, EM, 80, 80, 920, 1, 0, 0, 0, 0, 0, 0, 0, 2)]),
    hmtx: int16(EM, 0, EM, 80),
    loca: int16(0, 0, glyph.length / 2),
    maxp: Buffer.concat([int32(0x10000), int16(2, 8, 2, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0)]),
    name: names(),
    post: int32(0x30000, 0, 0, 0, 0, 0, 0, 0),
  };
}

function checksum(table: Buffer): number {
  const bytes = padded(table);
  let sum = 0;
  for (let index = 0; index < bytes.length; index += 4) sum = (sum + bytes.readUInt32BE(index)) >>> 0;
  return sum;
}

/**
 * A font (WOFF 1.0, https://www.w3.org/TR/WOFF/; its tables are those of OpenType 1.9,
 * https://learn.microsoft.com/typography/opentype/spec/) whose only glyph is a frame, as wide as a Chinese character. It stands in for a
 * font that is still being loaded: a machine without Chinese characters has something of another width in their place, so that lines would
 * break elsewhere afterwards.
 */
export function boxFont(): Buffer {
  const all = Object.entries(tables());
  const head = 44 + 20 * all.length;
  let offset = head;
  const parts = all.map(([tag, table]) => {
    const small = deflateSync(table, { level: 9 });
    const stored = small.length < table.length ? small : table;
    const entry = Buffer.concat([Buffer.from(tag), int32(offset, stored.length, table.length, checksum(table))]);
    const bytes = padded(stored);
    offset += bytes.length;
    return { entry, bytes };
  });
  const unpacked = all.reduce((sum, [, table]) => sum + padded(table).length, 12 + 16 * all.length);
  return Buffer.concat([
    Buffer.from('wOFF'),
    int32(0x10000, offset),
    int16(all.length, 0),
    int32(unpacked),
    int16(1, 0),
    int32(0, 0, 0, 0, 0),
    ...parts.flatMap(({ entry }) => entry),
    ...parts.map(({ bytes }) => bytes),
  ]);
}
