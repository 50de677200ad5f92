import { inflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { boxFont } from '../../../src/pages/bundling/box-font.ts';
import { deviceChinese } from '../../../src/pages/bundling/chinese-font.ts';

const font = boxFont();

/** Reads a table of the font. */
function table(tag: string): Buffer {
  for (let at = 44; at < 44 + 20 * font.readUInt16BE(12); at += 20) {
    if (font.toString('latin1', at, at + 4) !== tag) continue;
    const [offset = 0, stored = 0, length = 0] = [4, 8, 12].map((field) => font.readUInt32BE(at + field));
    const bytes = font.subarray(offset, offset + stored);
    return stored < length ? inflateSync(bytes) : bytes;
  }
  throw new Error(`The font has no table ${tag}.`);
}

/** The glyph of a character, by the rules of format 4 of the table of characters. */
function glyphOf(char: string): number {
  const [cmap, code] = [table('cmap').subarray(12), char.charCodeAt(0)];
  const size = cmap.readUInt16BE(6);
  const [lasts, firsts, offsets] = [14, 16 + size, 16 + 3 * size];
  for (let at = 0; at < size; at += 2) {
    if (cmap.readUInt16BE(lasts + at) < code) continue;
    const [first, offset] = [cmap.readUInt16BE(firsts + at), cmap.readUInt16BE(offsets + at)];
    return first <= code && offset > 0 ? cmap.readUInt16BE(offsets + at + offset + 2 * (code - first)) : 0;
  }
  return 0;
}

describe('the boxes in place of Chinese characters', () => {
  it.each(['⺀', '、', 'あ', '中', '鿿', '豈', '！', '｠', '￥'])('are as wide as %s', (char) => {
    expect(glyphOf(char)).toBe(1);
    expect(table('hmtx').readUInt16BE(4)).toBe(table('head').readUInt16BE(18));
  });

  it.each(['a', '“', '가', 'ｱ'])('are not in place of %s, which has another width', (char) => {
    expect(glyphOf(char)).toBe(0);
  });

  it('come after the fonts of the machine, in a small file', () => {
    const face = deviceChinese((name, content) => {
      expect(content.length).toBeLessThan(1_000);
      return `./${name}`;
    });
    expect(face).toMatch(/src: local\('PingFang SC'\), .+, url\(\.\/boxes\.woff\) format\('woff'\);/);
  });
});
