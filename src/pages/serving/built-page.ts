import { readdirSync, readFileSync } from 'node:fs';
import { type Answer, json, pathOf, type Route } from '../../server/route.ts';
import { encodingOf } from '../../server/use-compression.ts';

const types: Readonly<Record<string, string>> = {
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  json: 'application/json; charset=utf-8',
  svg: 'image/svg+xml',
  ttf: 'font/ttf',
  woff: 'font/woff',
  woff2: 'font/woff2',
};

/** File extensions of the compressed files, by encoding. */
const endings = { br: '.br', gzip: '.gz' } as const;

export interface BuiltPageOptions {
  /** Name of the page in messages, such as `explorer`. */
  readonly name: string;
  /** Folder of the built page. */
  readonly folder: URL;
  /** Response headers of all its files, such as the Content-Security-Policy. */
  readonly headers: Readonly<Record<string, string>>;
}

export interface BuiltPage {
  readonly page: Route;
  readonly asset: Route;
  /** Name of the file that was built as this one: `fonts.css` → `fonts-….css`; `undefined` if there is none. */
  nameOf(file: string): string | undefined;
  /** Content of a file; `undefined` if there is none. */
  contentOf(name: string): Uint8Array<ArrayBuffer> | undefined;
}

/** Names of files that change with their content, and so may be cached permanently. */
const lasting = /-\w{8,}\.\w+$/;

type Files = ReadonlyMap<string, Uint8Array<ArrayBuffer>>;

/** All files of a folder by name; none if it is missing, or is replaced while it is read. */
function filesIn(folder: URL): Files {
  try {
    return new Map(
      readdirSync(folder).map((name) => [name, Uint8Array.from(readFileSync(new URL(name, folder)))] as const),
    );
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return new Map();
    throw error;
  }
}

/**
 * A built page with its compressed files. All are read together on the first request, so that they belong to one build,
 * even if another one is made while the server runs.
 */
export function createBuiltPage({ name: title, folder, headers: shared }: BuiltPageOptions): BuiltPage {
  let kept: Files | undefined;

  function built(): Files {
    const files = kept ?? filesIn(folder);
    if (files.has('index.html')) kept = files;
    return files;
  }

  function answer(
    files: Files,
    request: Request,
    name: string,
    vary: string,
    headers: Readonly<Record<string, string>>,
  ): Answer {
    const packing = encodingOf(request.headers.get('accept-encoding'));
    const packed = packing && files.get(name + endings[packing]);
    return {
      headers: { ...shared, ...headers, vary, ...(packed && { 'content-encoding': packing }) },
      body: packed ?? files.get(name) ?? '',
    };
  }

  return {
    contentOf: (name) => built().get(name),
    nameOf(file) {
      const [start = '', ending = ''] = file.split('.');
      return [...built().keys()].find(
        (name) => name.startsWith(`${start}-`) && lasting.test(name) && name.endsWith(`.${ending}`),
      );
    },
    page: (request) => {
      const files = built();
      if (!files.has('index.html')) {
        return json(503, { message: `The ${title} is not built. Run \`npm run build\`, then load this again.` });
      }
      return answer(files, request, 'index.html', 'accept, accept-encoding', {
        'content-type': 'text/html; charset=utf-8',
        'cache-control': 'no-cache',
      });
    },
    asset: (request) => {
      const name = pathOf(request.url).split('/').at(-1) ?? '';
      const type = types[name.split('.').at(-1) ?? ''];
      const files = built();
      if (!type || !lasting.test(name) || !files.has(name))
        return json(404, { message: `The ${title} has no file ${name}.` });
      return answer(files, request, name, 'accept-encoding', {
        'content-type': type,
        'cache-control': 'public, max-age=31536000, immutable',
      });
    },
  };
}
