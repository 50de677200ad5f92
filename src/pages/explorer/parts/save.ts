import { csvOf } from '../../drawing/csv.ts';
import type { Drawn } from '../../drawing/graph-svg.ts';
import { serverAddress } from '../../shared/server-address.ts';
import type { Asked } from '../api/ask.ts';
import { bibliographyOf } from '../api/citations.ts';
import { copyTable } from '../device/copy-table.ts';
import { isChinese, settings } from '../settings/known.ts';
import { say } from '../settings/say.tsx';
import { type Caption, captioned } from './captioned.ts';
import type { Sheet } from './sheet.ts';

/** One export format. */
export interface Export {
  readonly title: string;
  readonly run: () => void | Promise<void>;
  /** What is said once it is done, where no file shows it. */
  readonly done?: string;
}

/** Downloads a file. */
export function save(name: string, content: Blob): void {
  const address = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The browser reads the blob asynchronously.
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

export const saveCsv = (name: string, sheet: Sheet): void =>
  save(`${name}.csv`, new Blob([csvOf(sheet)], { type: 'text/csv;charset=utf-8' }));

/** Saves tables as sheets of one workbook. */
export async function saveXlsx(name: string, sheets: readonly Sheet[]): Promise<void> {
  const { xlsxOf } = await import('./xlsx.ts');
  const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
  save(`${name}.xlsx`, new Blob([xlsxOf(sheets)], { type }));
}

/** The exports of a table: as a file, and to the clipboard. */
export const sheetExports = (
  name: string,
  what: string,
  sheet: () => Sheet | undefined | Promise<Sheet | undefined>,
): readonly Export[] => {
  const title = (format: string) => (isChinese() ? `${what}（${format}）` : `${what} (${format})`);
  const files = [
    ['CSV', saveCsv],
    ['XLSX', (file: string, whole: Sheet) => saveXlsx(file, [whole])],
  ] as const;
  return [
    ...files.map(([format, saveAs]) => ({
      title: title(format),
      run: async () => {
        const whole = await sheet();
        if (whole) await saveAs(name, whole);
      },
    })),
    { title: title(say('copy')), run: () => copyTable(Promise.resolve(sheet())), done: say('Copied') },
  ];
};

/** The export of the sources of queries. Empty if the graph does not say where its facts come from. */
export const sourceExports = (name: string, asked: readonly Asked[]): readonly Export[] =>
  settings().provenance === null || asked.length === 0
    ? []
    : [
        {
          title: say('Sources (BibTeX)'),
          run: async () =>
            save(
              `${name}.bib`,
              new Blob([await bibliographyOf(asked)], { type: 'application/x-bibtex;charset=utf-8' }),
            ),
        },
      ];

/** Saves data with its origin and the address of its notices. */
export function saveJson(name: string, value: object): void {
  const notices = settings().hasNotice && { notices: `${serverAddress()}/explore/notice.txt` };
  const origin = { origin: serverAddress(), ...notices };
  const text = JSON.stringify({ ...origin, ...value }, null, 2);
  save(`${name}.json`, new Blob([`${text}\n`], { type: 'application/json' }));
}

const shownProperties = [
  'fill',
  'fill-opacity',
  'stroke',
  'stroke-width',
  'stroke-dasharray',
  'opacity',
  'font-size',
  'font-family',
  'font-weight',
  'text-anchor',
  'dominant-baseline',
  'visibility',
  'display',
];

/** A drawing of the page with inlined styles, at the size in which it is seen. */
export function drawnOf(drawing: SVGSVGElement): Drawn {
  const { width, height } = drawing.getBoundingClientRect();
  const copy = drawing.cloneNode(true) as SVGSVGElement;
  const originals = drawing.querySelectorAll('*');
  for (const [index, element] of copy.querySelectorAll('*').entries()) {
    const original = originals[index];
    if (!original) continue;
    const style = getComputedStyle(original);
    for (const property of shownProperties) element.setAttribute(property, style.getPropertyValue(property));
    element.removeAttribute('class');
  }
  copy.setAttribute('width', String(width));
  copy.setAttribute('height', String(height));
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  return { content: new XMLSerializer().serializeToString(copy), width, height };
}

/** Most pixels on a side of a PNG: browsers draw no larger canvas. */
const LARGEST = 8_000;

/** An SVG file as PNG, at twice its size if that is not too large. */
async function pngOf({ content, width, height }: Drawn): Promise<Blob> {
  const scale = Math.min(2, LARGEST / width, LARGEST / height);
  const image = new Image(width, height);
  const address = URL.createObjectURL(new Blob([content], { type: 'image/svg+xml' }));
  try {
    image.src = address;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = Math.round(width * scale);
    canvas.height = Math.round(height * scale);
    const pen = canvas.getContext('2d');
    if (!pen) throw new Error('This browser cannot render the image.');
    pen.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((resolve, reject) =>
      canvas.toBlob(
        (blob) => (blob ? resolve(blob) : reject(new Error('This browser cannot create PNG files.'))),
        'image/png',
      ),
    );
  } finally {
    URL.revokeObjectURL(address);
  }
}

/** The exports of a picture with its title, legend, origin and date. */
export function pictureExports(
  name: string,
  drawing: () => Drawn | undefined,
  caption: () => Caption,
): readonly Export[] {
  const file = () => {
    const drawn = drawing();
    return drawn && captioned(drawn, caption());
  };
  return [
    {
      title: say('Image (PNG)'),
      run: async () => {
        const whole = file();
        if (whole) save(`${name}.png`, await pngOf(whole));
      },
    },
    {
      title: say('Image (SVG)'),
      run: () => {
        const whole = file();
        if (whole) save(`${name}.svg`, new Blob([whole.content], { type: 'image/svg+xml' }));
      },
    },
  ];
}
