import { pathOf, wantsPage } from '../route.ts';

/** Paths whose responses contain nothing of the graph: health, and pages, which query what they show. */
const publicPaths: ReadonlySet<string> = new Set([
  '/',
  '/health',
  '/ready',
  '/explore',
  '/explore/notice.txt',
  '/robots.txt',
]);

/** Whether a request needs no credentials. */
export function isPublic(request: Request, areMetricsPublic: boolean): boolean {
  // A browser sends preflight requests without credentials.
  if (request.method === 'OPTIONS') return true;
  const path = pathOf(request.url);
  if (path === '/metrics') return areMetricsPublic;
  if (path.startsWith('/explore/assets/') || path.startsWith('/graphql/assets/')) return true;
  return publicPaths.has(path) || (path === '/graphql' && wantsPage(request));
}
