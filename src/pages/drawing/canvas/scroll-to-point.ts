/** Pixels around a point that are seen with it: its symbol and the first line of its name. */
const AROUND = 36;

/** Scrolls the page until a point of an element is in view: only elements can be scrolled to. */
export function scrollToPoint(element: HTMLElement, { x, y }: { readonly x: number; readonly y: number }): void {
  const mark = document.createElement('span');
  Object.assign(mark.style, {
    position: 'absolute',
    left: `${x - AROUND}px`,
    top: `${y - AROUND}px`,
    width: `${2 * AROUND}px`,
    height: `${2 * AROUND}px`,
  });
  element.append(mark);
  mark.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  mark.remove();
}
