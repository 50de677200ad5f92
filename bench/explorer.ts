import { readFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { launchBrowser } from '../tests/setup/browser.ts';

/**
 * Measures how long the explorer takes to draw made-up graphs, and how smoothly they are moved, in a headless Chromium
 * that draws in software: on a screen with a graphics card it is faster. `node --import tsx bench/explorer.ts`.
 */
const program = `
import { openCanvas } from '../src/pages/drawing/canvas.ts';
import { styleOfKindAt } from './src/pages/drawing/kind-styles.ts';
globalThis.measure = async (count) => {
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  const kinds = ['Lab', 'Country', 'Institution', 'Area', 'Program'];
  const nodes = Array.from({ length: count }, (_, index) => ({
    __typename: kinds[index % kinds.length], slug: 'n' + index, name: 'Joint laboratory number ' + index, nameZh: null,
  }));
  // Two relations for each entity: one into its own cluster, one anywhere.
  const edges = nodes.flatMap((node, index) => [index - (index % 25), (index * 7919) % count]
    .filter((other) => other !== index)
    .map((other) => ({ relation: 'R', from: { slug: node.slug }, to: { slug: 'n' + other }, properties: [], ownSources: true, sources: [] })));
  const place = document.getElementById('place');
  const nothing = () => {};
  const appearance = { styleOfKind: (kind) => styleOfKindAt(kinds.indexOf(kind)), isWeak: () => false, namedRelations: 0 };
  const canvas = openCanvas(place, appearance, { pick: nothing, pickRelation: nothing, pickNothing: nothing, open: nothing });
  const before = performance.now();
  canvas.draw({ nodes, edges }, false);
  await frame();
  await frame();
  const drawn = performance.now() - before;
  const frames = [];
  for (let index = 0; index < 40; index += 1) {
    const start = performance.now();
    place._cyreg.cy.panBy({ x: 6 * (index % 2 ? 1 : -1) + 3, y: 4 });
    await frame();
    frames.push(performance.now() - start);
  }
  frames.sort((a, b) => a - b);
  canvas.close();
  return { relations: edges.length, drawn, median: frames[20], slow: frames[37] };
};
`;

const { outputFiles } = await build({
  stdin: { contents: program, resolveDir: fileURLToPath(new URL('..', import.meta.url)), loader: 'js' },
  bundle: true,
  minify: true,
  write: false,
  format: 'iife',
});
const script = outputFiles[0]?.text ?? '';
const browser = await launchBrowser();
if (!browser) throw new Error('There is no Chrome or Chromium on this machine.');
const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
await page.route('http://explorer.test/', (route) =>
  route.fulfill({ contentType: 'text/html', body: '<div id="place" style="position:absolute;inset:0"></div>' }),
);
await page.goto('http://explorer.test/');
await page.evaluate(script);

const milliseconds = (value: number) => `${Math.round(value)} ms`;
const processor = /model name\s*: (.+)/.exec(readFileSync('/proc/cpuinfo', 'utf8'))?.[1] ?? 'a processor';
console.log(
  `Chromium ${browser.version()}, headless, drawing in software on ${processor}, 1280 × 800, load average ${loadavg()[0]?.toFixed(1)}`,
);
console.log('| entities | relations | placed and drawn | moved: median frame | slow frame (95 %) |');
console.log('|---|---|---|---|---|');
for (const count of [100, 500, 2_000]) {
  const { relations, drawn, median, slow } = await page.evaluate(
    (size) =>
      (
        globalThis as unknown as {
          measure(size: number): Promise<{ relations: number; drawn: number; median: number; slow: number }>;
        }
      ).measure(size),
    count,
  );
  console.log(`| ${count} | ${relations} | ${milliseconds(drawn)} | ${milliseconds(median)} | ${milliseconds(slow)} |`);
}
await browser.close();
