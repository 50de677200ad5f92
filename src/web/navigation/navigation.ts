import { signal } from '@preact/signals';
import { addressOf, unreadOf, type View, viewOf } from './address.ts';

/** What the page shows now. Change it by `go`, so that the address and the way back follow. */
export const view = signal<View>(viewOf(location.hash));

/** What of the address could not be read; nothing once somebody went on from there. */
export const unread = signal(unreadOf(location.hash));

/** Parts of a view to change; `undefined` takes one out. */
export type Changes = { readonly [Name in keyof View]?: View[Name] | undefined };

/** A view with changes made to it. */
export function changed(before: View, changes: Changes): View {
  const after = Object.entries({ ...before, ...changes }).filter(([, value]) => value !== undefined);
  return Object.fromEntries(after) as unknown as View;
}

/** The address of the view that changes would lead to: what a link to it says. */
export const addressWith = (changes: Changes): string => addressOf(changed(view.value, changes));

/** Goes to a view. It can be gone back from, unless it stands in for the one before. */
export function go(to: View | ((now: View) => View), { replace = false } = {}): void {
  const next = typeof to === 'function' ? to(view.value) : to;
  const address = addressOf(next);
  if (address === addressOf(view.value)) return;
  view.value = next;
  unread.value = [];
  if (replace) history.replaceState(null, '', address);
  else history.pushState(null, '', address);
}

/** Goes to the view that changes lead to. */
export const change = (changes: Changes, how?: { readonly replace?: boolean }): void =>
  go((now) => changed(now, changes), how);

function readAddress(): void {
  view.value = viewOf(location.hash);
  unread.value = unreadOf(location.hash);
}
addEventListener('popstate', readAddress);
addEventListener('hashchange', readAddress);
