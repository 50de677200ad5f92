import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const packed = new Set(['.js', '.css', '.svg', '.json', '.html', '.ttf']);

/** A name that changes with the content, so that browsers may keep it for ever. */
export function hashedName(name: string, content: Uint8Array | string): string {
  const hash = createHash('sha256').update(content).digest('hex').slice(0, 10);
  return `${basename(name, extname(name))}-${hash}${extname(name)}`;
}

/** The files that a page is made of, while they are being built. */
export interface Assets {
  /** Where they stand until all of them are there: nobody finds half of them. */
  readonly folder: string;
  /** Writes a file, and the same packed once and for all where that makes it smaller. */
  write(name: string, content: Uint8Array | string): void;
  /** Writes a file under a name that changes with its content, and gives that name. */
  add(name: string, content: Uint8Array | string): string;
  /** Writes the page itself: `{{name}}` stands for what a file is called. @throws where a file of that name is not there */
  writePage(html: string, names: Readonly<Record<string, string>>): void;
  /** Puts all of them in the place of those that were built before. */
  finish(): void;
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // A process of somebody else may not be asked, but is there.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** Removes what builds of a folder left that were cut off: its name, with the number of a process that has ended. */
function removeLeftovers(goal: string): void {
  for (const name of readdirSync(dirname(goal))) {
    const [, base, pid] = /^(.+)-(\d+)(?:-before)?$/.exec(name) ?? [];
    if (base !== basename(goal) || isRunning(Number(pid))) continue;
    rmSync(join(dirname(goal), name), { recursive: true, force: true });
  }
}

/** Begins to build what is served out of a folder. What earlier builds of it left that were cut off is removed. */
export function createAssets(goal: string): Assets {
  const folder = `${goal}-${process.pid}`;
  const before = `${folder}-before`;
  for (const own of [folder, before]) rmSync(own, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  removeLeftovers(goal);

  function write(name: string, content: Uint8Array | string): void {
    const bytes = Buffer.from(content);
    writeFileSync(join(folder, name), bytes);
    if (!packed.has(extname(name))) return;
    writeFileSync(join(folder, `${name}.gz`), gzipSync(bytes, { level: 9 }));
    const quality = { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY };
    writeFileSync(join(folder, `${name}.br`), brotliCompressSync(bytes, { params: quality }));
  }

  return {
    folder,
    write,
    add(name, content) {
      const hashed = hashedName(name, content);
      write(hashed, content);
      return hashed;
    },
    writePage(html, names) {
      const page = html.replaceAll(/\{\{(.+?)\}\}/g, (_, name: string) => {
        const found = names[name];
        if (found === undefined) throw new Error(`index.html names ${name}, which the build did not make.`);
        return found;
      });
      write('index.html', page);
    },
    finish() {
      // To remove a folder takes long; to rename it does not.
      if (existsSync(goal)) renameSync(goal, before);
      renameSync(folder, goal);
      rmSync(before, { recursive: true, force: true });
    },
  };
}
