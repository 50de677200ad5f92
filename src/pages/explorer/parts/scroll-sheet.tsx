import type { ComponentChildren } from 'preact';

interface ScrollSheetProps {
  /** What it is announced as. */
  readonly name: string;
  /** Further classes, beside that of a sheet. */
  readonly look?: string;
  readonly children: ComponentChildren;
}

/** A table that scrolls within its frame, also by keyboard. */
export const ScrollSheet = ({ name, look = '', children }: ScrollSheetProps) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: scrollable content must be reachable by keyboard.
  <section class={`sheet ${look}`.trim()} tabIndex={0} aria-label={name}>
    {children}
  </section>
);
