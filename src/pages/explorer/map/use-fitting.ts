import { useState } from 'preact/hooks';
import { drawnWidth, whole, zoomed } from './frame.ts';
import type { Frame } from './world.ts';

/**
 * How the map stands in its room: where that is narrow, the whole world is either as wide as circles need, or fitted in. The
 * fitted map is what zooming out ends with, and what zooming in begins with.
 */
export function useFitting(room: number, [frame, setFrame]: readonly [Frame, (next: (now: Frame) => Frame) => void]) {
  const [isFitted, setFitted] = useState(false);
  const canFit = drawnWidth(room, true) < drawnWidth(room, false);
  return {
    isFitted: canFit && isFitted,
    width: drawnWidth(room, isFitted),
    fit() {
      setFitted(true);
      setFrame(() => whole);
    },
    zoom(factor: number, middle: readonly [number, number] | undefined) {
      setFitted(factor < 1 && (isFitted || frame.width >= whole.width));
      if (!(canFit && isFitted && factor > 1)) setFrame((now) => zoomed(now, factor, middle));
    },
  };
}
