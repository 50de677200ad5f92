import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { type View, viewOf } from '../navigation/address.ts';
import { view } from '../navigation/navigation.ts';

/** What had the focus last, though it may be gone from the page. */
let last: Element | undefined;

/** What had the focus before it was led into a panel. */
let opener: HTMLElement | SVGElement | undefined;

/** What the focus was led to last, as long as it is picked: one panel after the other may tell it. */
let told = '';

addEventListener('focusin', ({ target }) => {
  last = target instanceof Element ? target : undefined;
});

/** Whether the focus fell out of the page together with what had it. */
const isLost = () => document.activeElement === document.body && last?.isConnected === false;

/** The keys that walk through the picture, and words that are being typed, go on where they are. */
const isKept = (element: Element) => element.matches('.canvas-frame, input, select');

function leadInto(panel: HTMLElement | null, subject: string): void {
  const isToldAlready = subject === told;
  told = subject;
  if (isLost()) {
    panel?.focus();
    return;
  }
  const { activeElement } = document;
  if (isToldAlready || panel?.contains(activeElement)) return;
  const isFocused = activeElement instanceof HTMLElement || activeElement instanceof SVGElement;
  opener = isFocused && activeElement !== document.body ? activeElement : undefined;
  if (opener && !isKept(opener)) panel?.focus();
}

/** Leads the focus back, unless another panel has taken it. */
function giveBack(): void {
  if (isLost() && opener?.isConnected) opener.focus();
}

const subjectOf = ({ picked, relation, connect }: View) => [picked, relation, connect].join('\n');

const nothing = subjectOf(viewOf(''));

view.subscribe((now) => {
  if (subjectOf(now) === nothing) told = nothing;
});

interface PanelProps {
  readonly name: string;
  readonly class?: string;
  /** How it is closed; without it, the panel is there for good and takes no focus. */
  readonly close?: { readonly name: string; readonly run: () => void } | undefined;
  readonly children: ComponentChildren;
}

/** A panel beside a picture. The focus is led into one that is opened, and back when it is closed. */
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
