import { describe, expect, it } from 'vitest';
import { wholeFont } from '../../../src/pages/bundling/chinese-font.ts';
import { createPreviewPictures, previewSize } from '../../../src/pages/serving/preview-picture.ts';

const files = new Map<string, Uint8Array>();
const sheet = wholeFont((name, content) => {
  files.set(name, content);
  return `./${name}`;
});
let reads = 0;
const pictures = createPreviewPictures(() => ({
  sheet,
  content(name) {
    reads += 1;
    return files.get(name);
  },
}));

const preview = {
  kind: 'Laboratory',
  title: 'China-Kenya Joint Laboratory for Crop Molecular Biology',
  otherTitle: '中国-肯尼亚作物分子生物学“一带一路”联合实验室',
  text: 'Laboratory. Partner countries: Kenya.',
  origin: 'Example · data.example.org',
};

const sizeOf = (png: Uint8Array) => {
  const view = new DataView(png.buffer, png.byteOffset);
  return { width: view.getUint32(16), height: view.getUint32(20) };
};

describe('a preview picture', () => {
  it('is a PNG of the size that networks show, drawn once', async () => {
    const first = await pictures.draw(preview);
    expect(first?.slice(1, 4)).toEqual(new Uint8Array([0x50, 0x4e, 0x47]));
    expect(sizeOf(first ?? new Uint8Array())).toEqual(previewSize);
    expect(await pictures.draw({ ...preview })).toBe(first);
  });

  it('draws Chinese names with the slices of the font that they need, each read once', async () => {
    const before = reads;
    await pictures.draw({ ...preview, title: '鞑靼斯坦' });
    const read = reads - before;
    expect(read).toBeGreaterThan(0);
    expect(read).toBeLessThan(10);
    const other = await pictures.draw({ ...preview, title: '鞑靼斯坦', text: 'x' });
    expect(reads - before).toBe(read);
    // A name of no known letter is drawn as well, as boxes: it differs from one with letters.
    expect(other).not.toEqual(await pictures.draw({ ...preview, title: '\u{F0000}', text: 'x' }));
  });

  it('is drawn whatever it is given: long names, markup, and no text at all', async () => {
    for (const title of ['x'.repeat(100_000), '<b>&"'.repeat(50), '', 'ا'.repeat(500), '国'.repeat(5_000)]) {
      expect(sizeOf((await pictures.draw({ ...preview, title, text: title })) ?? new Uint8Array())).toEqual(
        previewSize,
      );
    }
  });

  it('is not there where nothing is built', async () => {
    expect(await createPreviewPictures(() => undefined).draw(preview)).toBeUndefined();
  });
});
