import { createHash } from 'node:crypto';
import { createDocument } from './document.ts';
import { loadExamples } from './examples.ts';

/** Nothing but this page's own script may run, and nothing may be fetched from elsewhere. */
const policy = (scripts: readonly string[]) =>
  [
    "default-src 'none'",
    `script-src ${scripts.map((script) => `'sha256-${createHash('sha256').update(script).digest('base64')}'`).join(' ')} blob:`,
    'worker-src blob:',
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    'font-src data:',
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');

/** Three places on a road. */
const mark = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32" width="32" height="32" fill="none" stroke="#b45309" stroke-width="2"><path d="M6 24C14 24 12 16 16 16S18 8 26 8"/><g fill="#fff"><circle cx="6" cy="24" r="4"/><circle cx="16" cy="16" r="4"/><circle cx="26" cy="8" r="4"/></g></svg>`;

/** GraphiQL, whole and in one page: it works with the network off, and opens with the example queries in its tabs. */
export const graphiql = createDocument(async () => {
  // Nine megabytes that only a browser needs.
  const { renderGraphiQL } = await import('@graphql-yoga/render-graphiql');
  const text = await renderGraphiQL({
    title: 'Silkgraph',
    logo: mark,
    favicon: `data:image/svg+xml,${encodeURIComponent(mark)}`,
    defaultTabs: loadExamples().map(({ query }) => ({ query })),
    defaultEditorToolsVisibility: false,
    inputValueDeprecation: true,
    schemaDescription: true,
  });
  const scripts = [...text.matchAll(/<script>([\s\S]*?)<\/script>/g)].map(([, script]) => script ?? '');
  return {
    text,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': policy(scripts),
      'referrer-policy': 'no-referrer',
    },
  };
});
