import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { type View, viewOf } from '../navigation/address.ts';
import { view } from '../navigation/navigation.ts';

/** The element that had the focus last; it may have been removed. */
let last: Element | undefined;

/** The element that had the focus before it moved into a panel. */
let opener: HTMLElement | SVGElement | undefined;

/** The subject the focus last moved to, while it is selected. Several panels may show it in turn. */
let announced = '';

addEventListener('focusin', ({ target }) => {
  last = target instanceof Element ? target : undefined;
});

/** Whether the focused element was removed. */
const isLost = () => document.activeElement === document.body && last?.isConnected === false;

/** Keyboard navigation of the graph and typing must not lose the focus. */
const isKept = (element: Element) => element.matches('.canvas-frame, input, select');

function leadInto(panel: HTMLElement | null, subject: string): void {
  const isAnnounced = subject === announced;
  announced = subject;
  if (isLost()) {
    panel?.focus({ preventScroll: true });
    return;
  }
  const { activeElement } = document;
  if (isAnnounced || panel?.contains(activeElement)) return;
  const isFocused = activeElement instanceof HTMLElement || activeElement instanceof SVGElement;
  opener = isFocused && activeElement !== document.body ? activeElement : undefined;
  // What it was opened from stays where it is seen.
  if (opener && !isKept(opener)) panel?.focus({ preventScroll: true });
}

/** Returns the focus, unless another panel has taken it. */
function giveBack(): void {
  if (isLost() && opener?.isConnected) opener.focus();
}

const subjectOf = ({ picked, relation, connect }: View) => [picked, relation, connect].join('\n');

const nothing = subjectOf(viewOf(''));

view.subscribe((now) => {
  if (subjectOf(now) === nothing) announced = nothing;
});

interface PanelProps {
  readonly name: string;
  readonly class?: string;
  /** Closes the panel. If undefined, the panel is permanent and takes no focus. */
  readonly close?: { readonly name: string; readonly run: () => void } | undefined;
  readonly children: ComponentChildren;
}

/** A panel beside a graph or chart. The focus moves into it when it is opened, and back when it is closed. */
export function Panel({ name, class: more = '', close, children }: PanelProps) {
  const panel = useRef<HTMLElement>(null);
  const isOpened = close !== undefined;
  const subject = subjectOf(view.value);
  useLayoutEffect(() => {
    if (!isOpened) return;
    leadInto(panel.current, subject);
    return () => queueMicrotask(giveBack);
  }, [isOpened, subject]);
  return (
    <section ref={panel} class={`panel ${more}`} aria-label={name} tabIndex={-1}>
      {close && (
        <button type="button" class="close" aria-label={close.name} onClick={close.run}>
          ×
        </button>
      )}
      {children}
    </section>
  );
}
