import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Metafile } from 'esbuild';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** Folders of the packages that a bundle contains code of. */
function packagesIn({ outputs }: Metafile): ReadonlySet<string> {
  const inputs = Object.values(outputs).flatMap(({ inputs }) =>
    Object.entries(inputs).flatMap(([path, { bytesInOutput }]) => (bytesInOutput > 0 ? [path] : [])),
  );
  return new Set(inputs.flatMap((path) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? []));
}

function noticeOf(folder: string): string {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const texts = readdirSync(folder)
    .filter((file) => /^(?:license|licence|notice|third-?party)/i.test(file))
    .map((file) => readFileSync(join(folder, file), 'utf8').trim());
  return [`${name} ${version} (${license})`, ...texts].join('\n\n');
}

/**
 * The licences of all packages that bundles contain code of, with their notices, which have to go with the code.
 * @param others more packages, of which files are copied
 */
export function noticesOf(bundles: readonly Metafile[], others: readonly string[] = []): string {
  const copied = others.map((name) => `node_modules/${name}`);
  const folders = [...new Set([...bundles.flatMap((bundle) => [...packagesIn(bundle)]), ...copied])].sort();
  return `${folders.map((folder) => noticeOf(join(root, folder))).join(`\n\n${'-'.repeat(80)}\n\n`)}\n`;
}
