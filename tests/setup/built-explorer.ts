import { execFileSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** What the pages have in common. */
const shared = ['src/bundling', 'src/drawing'];

const changedAt = (file: string) => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;

const filesIn = (folder: string) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((file) => join(root, folder, file));

/** Builds a page where that is missing, or older than what it is built from. */
function build(page: string): void {
  const newest = Math.max(...[`src/${page}`, ...shared].flatMap(filesIn).map(changedAt));
  if (changedAt(join(root, `dist/${page}/index.html`)) >= newest) return;
  execFileSync(process.execPath, ['--import', 'tsx', `src/${page}/build.ts`], { cwd: root, stdio: 'inherit' });
}

/** Builds the pages that are served: the explorer and the playground. */
export function buildExplorer(): void {
  build('web');
  build('playground');
}
