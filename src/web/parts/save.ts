import { settings } from '../settings/known.ts';
import { csvOf, type Sheet } from './sheet.ts';

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

/** Saves data with its origin and the address of its notices. */
export function saveJson(name: string, value: object): void {
  const notices = settings().hasNotice && { notices: `${location.origin}/explore/notice.txt` };
  const origin = { origin: location.origin, ...notices };
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

/** A copy of a drawing with inlined styles. */
function standalone(drawing: SVGSVGElement, width: number, height: number): SVGSVGElement {
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
  return copy;
}

/** A drawing as PNG at twice the screen resolution. */
export async function pngOf(drawing: SVGSVGElement, ground: string): Promise<Blob> {
  const { width, height } = drawing.getBoundingClientRect();
  const text = new XMLSerializer().serializeToString(standalone(drawing, width, height));
  const image = new Image(width, height);
  const address = URL.createObjectURL(new Blob([text], { type: 'image/svg+xml' }));
  try {
    image.src = address;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = width * 2;
    canvas.height = height * 2;
    const pen = canvas.getContext('2d');
    if (!pen) throw new Error('This browser cannot render the image.');
    pen.fillStyle = ground;
    pen.fillRect(0, 0, canvas.width, canvas.height);
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
