import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const packed = new Set(['.js', '.css', '.svg', '.json', '.html', '.ttf']);

/** A file name with a content hash, so that browsers can cache the file permanently. */
export function hashedName(name: string, content: Uint8Array | string): string {
  const hash = createHash('sha256').update(content).digest('hex').slice(0, 10);
  return `${basename(name, extname(name))}-${hash}${extname(name)}`;
}

/** The files of a page during a build. */
export interface Assets {
  /** Temporary folder until the build is complete. */
  readonly folder: string;
  /** Writes a file, and a compressed copy if that is smaller. */
  write(name: string, content: Uint8Array | string): void;
  /** Writes a file under a name with a content hash, and returns that name. */
  add(name: string, content: Uint8Array | string): string;
  /** Writes the page; `{{name}}` is replaced by the file name. @throws if there is no such file */
  writePage(html: string, names: Readonly<Record<string, string>>): void;
  /** Replaces the previous build. */
  finish(): void;
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // The process exists, but belongs to another user.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** Removes the temporary folders of interrupted builds: their names end with the ID of a process that has ended. */
function removeLeftovers(goal: string): void {
  for (const name of readdirSync(dirname(goal))) {
    const [, base, pid] = /^(.+)-(\d+)(?:-before)?$/.exec(name) ?? [];
    if (base !== basename(goal) || isRunning(Number(pid))) continue;
    rmSync(join(dirname(goal), name), { recursive: true, force: true });
  }
}

/** The highest quality takes nine seconds for both pages and saves a twentieth; this one takes a sixth of that. */
const QUICK_QUALITY = 9;

/**
 * Starts a build of a folder, and removes the leftovers of interrupted builds.
 * @param smallest whether files are compressed as far as possible, as for a package
 */
export function createAssets(goal: string, smallest = process.argv.includes('--smallest')): Assets {
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
    const quality = { [constants.BROTLI_PARAM_QUALITY]: smallest ? constants.BROTLI_MAX_QUALITY : QUICK_QUALITY };
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
        if (found === undefined) throw new Error(`index.html refers to ${name}, which is not part of the build.`);
        return found;
      });
      write('index.html', page);
    },
    finish() {
      // Renaming a folder is faster than removing it.
      if (existsSync(goal)) renameSync(goal, before);
      renameSync(folder, goal);
      rmSync(before, { recursive: true, force: true });
    },
  };
}
