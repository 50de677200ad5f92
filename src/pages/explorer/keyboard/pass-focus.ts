/**
 * Gives the focus to what takes the place of the focused element, once that is removed; to the main part of the page if
 * nothing does. Without it, somebody at a keyboard would begin again at the top of the page.
 */
export function passFocus(find: () => HTMLElement | null | undefined): void {
  const { activeElement } = document;
  const watch = new MutationObserver(() => {
    if (activeElement?.isConnected) return;
    stop();
    if (document.activeElement === document.body) (find() ?? document.querySelector('main'))?.focus();
  });
  const stop = () => {
    watch.disconnect();
    removeEventListener('focusin', stop);
  };
  watch.observe(document.body, { childList: true, subtree: true });
  addEventListener('focusin', stop);
}

/** Gives the focus to the title of the page, once the focused element is removed. */
export const passFocusToTitle = (): void => passFocus(() => document.querySelector('h1'));

/** Gives the focus to the first of some elements that is shown. */
export const focusFirst = (elements: Iterable<HTMLElement>): void => {
  [...elements].find((element) => {
    element.focus();
    return document.activeElement === element;
  });
};

/** The element at a place of a list, else the last one. */
export const nearest = (elements: ArrayLike<HTMLElement>, index: number): HTMLElement | undefined =>
  elements[Math.min(index, elements.length - 1)];
