import type { Logger } from 'pino';
import type { RequestPlugin } from './phases.ts';
import { type Answer, json, pathOf, type Route, responseOf, wantsPage } from './route.ts';

export interface Routes {
  /** The path that GraphQL is served at. */
  readonly graphql: string;
  /** The page for browsers at this path. */
  readonly page: Route;
  /** The page that browsers are led to from the address of the server alone. */
  readonly home: string;
  /** The other routes, by path. */
  readonly others: Readonly<Record<string, Route>>;
  /** Routes for everything below a path, by that path with a trailing slash. */
  readonly folders?: Readonly<Record<string, Route>>;
  /** Paths that other plugins handle. */
  readonly elsewhere?: readonly string[];
  /** The page for browsers at every other path. */
  readonly lost: (request: Request) => Answer;
}

/** Handles every path except that of GraphQL. The response to an unknown one lists the others, or is a page for a browser. */
export function useRoutes(
  { graphql, page, home, others, folders = {}, elsewhere = [], lost }: Routes,
  log: Logger,
): RequestPlugin {
  const paths = [graphql, ...Object.keys(others), ...Object.keys(folders), ...elsewhere];

  function unknown(path: string, request: Request): Answer {
    if (wantsPage(request)) return lost(request);
    return json(404, { message: `There is nothing at ${path}. The available paths are ${paths.join(', ')}.`, paths });
  }

  /** Leads a browser from `/explore/` to `/explore`, as pages name their files relative to that address. */
  function withoutSlash({ url }: Request): Answer | undefined {
    const { pathname, search } = new URL(url);
    const name = pathname.endsWith('/') ? pathname.split('/').findLast((part) => part !== '') : undefined;
    return name === undefined ? undefined : { status: 308, headers: { location: `../${name}${search}` } };
  }

  async function answer(route: Route, request: Request): Promise<Answer> {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      return json(405, { message: `${pathOf(request.url)} supports GET only.` }, { allow: 'GET, HEAD' });
    }
    try {
      return await route(request);
    } catch (error) {
      log.error({ err: error, path: pathOf(request.url) }, 'A request for a path failed.');
      return json(500, { message: 'Internal server error.' });
    }
  }

  return {
    phase: 'route',
    onRequest({ request, fetchAPI, endResponse }) {
      const end = (answered: Answer) => endResponse(responseOf(answered, fetchAPI));
      const path = pathOf(request.url);
      const isForPage = wantsPage(request);
      if (path === graphql && !isForPage) return;
      if (path === '/' && isForPage) return end({ status: 302, headers: { location: home } });
      const route = path === graphql ? page : (others[path] ?? folders[path.slice(0, path.lastIndexOf('/') + 1)]);
      if (!route) return end(unknown(path, request));
      const other = isForPage ? withoutSlash(request) : undefined;
      return other ? end(other) : answer(route, request).then(end);
    },
  };
}
