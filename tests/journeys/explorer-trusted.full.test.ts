import type { Response } from 'playwright-core';
import { beforeEach, describe, expect, it } from 'vitest';
import { explorer } from '../setup/explorer.ts';
import { silkgraph } from '../setup/silkgraph.ts';

const app = silkgraph();
const seen = explorer(
  () => app.graph,
  () => ({ trustedDocuments: new Map([['somebodys', 'query Somebodys { __typename }']]) }),
);

/** Views that ask nearly all of the explorer's questions between them. */
const views = [
  '/',
  '/map?pick=ke',
  '/timeline',
  '/search?q=crop',
  '/graph?do=open~ke,paths~ke~crop-science&pick=ke',
  '/graph?do=ask~labs-on-artificial-intelligence',
];

/** A busy server refuses for a moment, and the page asks again. */
const whileBusy = [429, 503];

// Long where a machine has much else to do; seconds where it has not.
describe('the explorer of a server that answers trusted documents only', { timeout: 120_000 }, () => {
  beforeEach(({ skip }) => {
    if (!seen.isThere) skip('there is no Chrome or Chromium on this machine');
  });

  it.each(views)('is answered all that it asks for %s', async (view) => {
    const { page } = seen;
    const answered: number[] = [];
    const note = (response: Response) => {
      if (response.request().method() === 'POST') answered.push(response.status());
    };
    page.on('response', note);
    await seen.open(view);
    await page.waitForLoadState('networkidle');
    page.off('response', note);
    expect(new Set(answered.filter((status) => !whileBusy.includes(status)))).toEqual(new Set([200]));
    expect(seen.complaints.filter((text) => !whileBusy.some((status) => text.includes(`status of ${status}`)))).toEqual(
      [],
    );
  });

  it('suggests names while somebody writes', async () => {
    await seen.open('/');
    const answer = seen.page.waitForResponse((response) => response.request().method() === 'POST');
    await seen.page.getByRole('combobox').first().fill('keny');
    expect((await answer).status()).toBe(200);
  });

  it('is answered nothing else', async () => {
    const body = JSON.stringify({ query: '{ __typename }' });
    const headers = { 'content-type': 'application/json' };
    expect((await fetch(`${seen.origin}/graphql`, { method: 'POST', headers, body })).status).toBe(403);
  });
});
