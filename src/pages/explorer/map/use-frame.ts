import { useEffect, useRef, useState } from 'preact/hooks';
import { change, view } from '../navigation/navigation.ts';
import { frameOfText, textOfFrame } from './frame.ts';
import type { Frame } from './world.ts';

/** How long a map stays as it is before its address follows, in milliseconds: browsers allow few changes a second. */
const PAUSE = 250;

/** The visible part of the map, which the address has too. */
export function useFrame(): readonly [Frame, (next: (now: Frame) => Frame) => void] {
  const { at } = view.value;
  const [frame, setFrame] = useState(() => frameOfText(at));
  const written = useRef(at);
  useEffect(() => {
    // The address was changed elsewhere, for example by the way back.
    if (at === written.current) return;
    written.current = at;
    setFrame(frameOfText(at));
  }, [at]);
  useEffect(() => {
    const text = textOfFrame(frame) || undefined;
    if (text === (textOfFrame(frameOfText(written.current)) || undefined)) return;
    const timer = setTimeout(() => {
      written.current = text;
      change({ at: text }, { replace: true });
    }, PAUSE);
    return () => clearTimeout(timer);
  }, [frame]);
  return [frame, setFrame];
}
