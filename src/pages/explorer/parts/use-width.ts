import { useLayoutEffect, useRef, useState } from 'preact/hooks';

/** Observed width of an element. */
export function useWidth() {
  const place = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const element = place.current;
    if (!element) return;
    // Known before the first frame, so that nothing moves when what depends on it is drawn.
    const { paddingLeft, paddingRight } = getComputedStyle(element);
    setWidth(Math.round(element.clientWidth - Number.parseFloat(paddingLeft) - Number.parseFloat(paddingRight)));
    const watcher = new ResizeObserver(([entry]) => setWidth(Math.round(entry?.contentRect.width ?? 0)));
    watcher.observe(element);
    return () => watcher.disconnect();
  }, []);
  return { place, width };
}
