import { readFileSync } from 'node:fs';
import { type Language, languages } from '../../ontology/language/labels.ts';
import { createDocument } from '../../server/documents/document.ts';
import { type Answer, json, pathOf, type Route } from '../../server/route.ts';
import type { ExplorerContents } from '../views/contents.ts';
import type { Settings } from '../views/settings.ts';
import { createBuiltPage } from './built-page.ts';
import { explorerPreview, withPreviewHead } from './explorer-head.ts';
import type { PageAssets } from './html.ts';
import { languageOf } from './language-of.ts';
import { pageHeaders } from './page-headers.ts';
import { createPreviewPictures, type PreviewPictures } from './preview-picture.ts';

/** Folder of the built explorer, the same from `src` and from `dist`. */
const folder = new URL('../../../dist/pages/explorer/', import.meta.url);

const headers = pageHeaders({});

/**
 * Returns the addresses of files for a page, and of the picture of the world; absent if the explorer is not built.
 *
 * @param root way from the page to the address of the server, with a slash at the end unless it is empty
 */
export type PageFiles = (root: string) => {
  readonly assets: PageAssets | undefined;
  readonly world: string | undefined;
};

export interface Explorer {
  readonly page: Route;
  readonly asset: Route;
  readonly notice: Route;
  /** Files that other pages use. */
  readonly files: PageFiles;
  /** Draws previews of links. */
  readonly previews: PreviewPictures;
}

const settingsDocument = (settings: Settings): Route =>
  createDocument(() => ({
    text: JSON.stringify(settings),
    headers: { ...headers, 'content-type': 'application/json; charset=utf-8' },
  }));

const noNotice: Route = () => json(404, { message: 'The data of this graph has no notices.' });

/**
 * The explorer: the page, its files, its settings, and the notices that the data requires.
 *
 * @param publicUrl address of the server, without a slash at the end; that of each request if absent
 * @param frameOrigins origins whose pages may show the page in a frame, if its address has the parameter `embed`
 */
export function createExplorer(
  { settingsIn, notice }: ExplorerContents,
  frameOrigins: readonly string[] = [],
  publicUrl?: string,
): Explorer {
  const { page, asset, nameOf, contentOf } = createBuiltPage({ name: 'explorer', folder, headers });
  const isEmbeddable = frameOrigins.length > 0;
  const documentIn = (language: Language) => settingsDocument({ ...settingsIn(language), isEmbeddable });
  const graphs = new Map(languages.map((language) => [language, documentIn(language)]));
  const graphIn = (language: Language) => graphs.get(language) ?? documentIn(language);
  const embedded = pageHeaders({ 'frame-ancestors': frameOrigins.join(' ') });
  const previews = createPreviewPictures(() => {
    const sheet = contentOf(nameOf('whole-font.css') ?? '');
    return sheet && { sheet: Buffer.from(sheet).toString('utf8'), content: contentOf };
  });
  const shownTo = (request: Request) => {
    const language = languageOf(request);
    const { brand, title } = settingsIn(language);
    return { brand, title, language, base: publicUrl ?? new URL(request.url).origin };
  };
  function withHead({ headers }: Answer, html: string, request: Request): Answer {
    const { 'content-encoding': _, ...others } = headers ?? {};
    return { headers: others, body: withPreviewHead(html, shownTo(request), previews.isThere) };
  }
  async function preview(request: Request): Promise<Answer> {
    // The caller chooses the host of the request, and each picture takes long to draw.
    const origin = publicUrl === undefined ? '' : new URL(publicUrl).host;
    const body = await previews.draw(explorerPreview(shownTo(request), origin));
    if (!body) return json(404, { message: 'There is no picture.' });
    return { headers: { ...headers, 'content-type': 'image/png', 'cache-control': 'public, max-age=3600' }, body };
  }
  return {
    previews,
    async page(request) {
      const built = await page(request);
      const html = built.status === undefined ? contentOf('index.html') : undefined;
      const answer = html === undefined ? built : withHead(built, Buffer.from(html).toString('utf8'), request);
      if (!isEmbeddable || !new URL(request.url).searchParams.has('embed')) return answer;
      return { ...answer, headers: { ...answer.headers, ...embedded } };
    },
    files(root) {
      const addressOf = (file: string) => {
        const name = nameOf(file);
        return name === undefined ? undefined : `${root}explore/assets/${name}`;
      };
      const [sheet, boxes, icon] = ['fonts.css', 'boxes.woff', 'mark.svg'].map(addressOf);
      const isBuilt = sheet !== undefined && boxes !== undefined && icon !== undefined;
      return { assets: isBuilt ? { sheet, boxes, icon } : undefined, world: addressOf('world.svg') };
    },
    asset(request) {
      const path = pathOf(request.url);
      if (path.endsWith('/graph.json')) return graphIn(languageOf(request))(request);
      return path.endsWith('/preview.png') ? preview(request) : asset(request);
    },
    notice:
      notice === undefined
        ? noNotice
        : createDocument(() => ({
            text: readFileSync(notice, 'utf8'),
            headers: { ...headers, 'content-type': 'text/plain; charset=utf-8' },
          })),
  };
}
