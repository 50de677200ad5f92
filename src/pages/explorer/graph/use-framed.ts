import { useCallback, useEffect, useRef } from 'preact/hooks';
import type { Canvas } from '../../drawing/canvas/canvas.ts';
import { change, view } from '../navigation/navigation.ts';

/** Keeps the visible part of a graph and the address alike. @returns what to call when the user has changed that part */
export function useFramed(canvas: { readonly current: Canvas | undefined }): (seen: string | undefined) => void {
  const { at } = view.value;
  const framed = useRef(at);
  useEffect(() => {
    // The address was changed elsewhere, for example by the way back.
    if (at !== framed.current) canvas.current?.show(at);
    framed.current = at;
  }, [at]);
  return useCallback((seen) => {
    framed.current = seen;
    change({ at: seen }, { replace: true });
  }, []);
}
