import { execFileSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { withLock } from '../../src/engine/database/system/with-lock.ts';
import { projectFolder } from './project-folder.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** The sources that the pages share. */
const shared = ['src/pages/bundling', 'src/pages/drawing'];

const changedAt = (file: string) => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;

const filesIn = (folder: string) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((file) => join(root, folder, file));

/** Builds a page if it is missing, or older than its sources. */
function build(page: string): void {
  const newest = Math.max(...[`src/${page}`, ...shared].flatMap(filesIn).map(changedAt));
  if (changedAt(join(root, `dist/${page}/index.html`)) >= newest) return;
  execFileSync(process.execPath, ['--import', 'tsx', `src/${page}/build.ts`], { cwd: root, stdio: 'inherit' });
}

// A test imports this file if it needs a page of the server.
await withLock(join(projectFolder, 'pages.lock'), async () => {
  build('pages/explorer');
  build('pages/playground');
  build('pages/assistant');
});
