import { signal } from '@preact/signals';
import { addressOf, firstView, type PageName, type View } from './address.ts';
import { readAddress } from './read-address.ts';

/** Current state of the page. Change it with `go`, which updates the address and the history. */
export const view = signal<View>(readAddress(location.hash).view);

/** Parts of the address that could not be read; empty after the next navigation that is added to the history. */
export const unread = signal(readAddress(location.hash).unread);

/** The graph as it was last shown: other pages leave it out of their addresses. */
let graph: View = { ...firstView, page: 'graph' };
view.subscribe((now) => {
  if (now.page === 'graph') graph = now;
});

/** The graph that a view shows, else the one that was last shown. */
export const graphOf = (now: View): View => (now.page === 'graph' ? now : graph);

/** Address of a page without anything of the view that is left; the graph is as it was. */
export function addressOfPage(page: PageName): string {
  if (page !== 'graph') return addressOf({ ...firstView, page });
  return addressOf(changed(graph, { picked: undefined, relation: undefined }));
}

/** Changes to a view; `undefined` removes a value. */
export type Changes = { readonly [Name in keyof View]?: View[Name] | undefined };

/** A view with changes applied. */
export function changed(before: View, changes: Changes): View {
  const after = Object.entries({ ...before, ...changes }).filter(([, value]) => value !== undefined);
  return Object.fromEntries(after) as unknown as View;
}

/** Address of the current view with changes, for links. */
export const addressWith = (changes: Changes): string => addressOf(changed(view.value, changes));

/** Shortest time between two replacements of an address, in ms: Safari refuses, with an error, more than 100 in 30 seconds. */
const PAUSE = 350;

let replaced = Number.NEGATIVE_INFINITY;
let waiting: ReturnType<typeof setTimeout> | undefined;

/** Writes the current view into the address, without a history entry. */
function writeAddress(): void {
  stopWaiting();
  replaced = performance.now();
  history.replaceState(null, '', addressOf(view.value));
}

function stopWaiting(): void {
  clearTimeout(waiting);
  waiting = undefined;
}

/** Goes to a view, with a new history entry unless `replace` is set. */
export function go(to: View | ((now: View) => View), { replace = false } = {}): void {
  const next = typeof to === 'function' ? to(view.value) : to;
  const address = addressOf(next);
  if (address === addressOf(view.value)) return;
  if (replace) {
    view.value = next;
    const wait = replaced + PAUSE - performance.now();
    if (wait <= 0) writeAddress();
    else waiting ??= setTimeout(writeAddress, wait);
    return;
  }
  if (waiting !== undefined) writeAddress();
  view.value = next;
  unread.value = [];
  history.pushState(null, '', address);
}

/** Goes to the current view with changes. */
export const change = (changes: Changes, how?: { readonly replace?: boolean }): void =>
  go((now) => changed(now, changes), how);

/** Takes a part out of the view that turns out to be impossible, and reports it like those that could not be read. */
export function leaveOut(part: string, changes: Changes): void {
  change(changes, { replace: true });
  unread.value = [...unread.value, part];
}

/** Reads the view again, from an address that somebody entered or once the settings are known. */
export function readLocation(): void {
  stopWaiting();
  const read = readAddress(location.hash);
  view.value = read.view;
  unread.value = read.unread;
}
addEventListener('popstate', readLocation);
addEventListener('hashchange', readLocation);
addEventListener('pagehide', () => {
  if (waiting !== undefined) writeAddress();
});
