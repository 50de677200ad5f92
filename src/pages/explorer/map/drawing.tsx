import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { pinched, pointIn, type Share, scaleOf, within, zoomed } from './frame.ts';
import { type Frame, HEIGHT, WIDTH, type World } from './world.ts';

interface Spread {
  readonly middle: Share;
  /** Pixels between the fingers. */
  readonly span: number;
}

/** Where a pointer is in a drawing. */
function shareOf({ currentTarget }: { readonly currentTarget: Element }, x: number, y: number): Share {
  const box = currentTarget.getBoundingClientRect();
  return [(x - box.left) / box.width, (y - box.top) / box.height];
}

/** How two fingers lie in a drawing; nothing for any other number. */
function spreadOf(event: { readonly currentTarget: Element; readonly touches: TouchList }): Spread | undefined {
  const [one, other] = event.touches;
  if (!one || !other || event.touches.length > 2) return undefined;
  const [x, y] = [other.clientX - one.clientX, other.clientY - one.clientY];
  return { middle: shareOf(event, one.clientX + x / 2, one.clientY + y / 2), span: Math.hypot(x, y) };
}

/** The outlines of the world, which can be dragged and zoomed, and what is drawn on them. */
export function Drawing({
  world,
  label,
  isMarked = () => false,
  frame,
  width,
  setFrame,
  children,
}: {
  readonly world: World;
  readonly label: string;
  /** Whether a country is coloured. */
  readonly isMarked?: (code: string) => boolean;
  readonly frame: Frame;
  /** Of the drawing, in pixels. */
  readonly width: number;
  readonly setFrame: (next: (frame: Frame) => Frame) => void;
  readonly children: ComponentChildren;
}) {
  const drawing = useRef<SVGSVGElement>(null);
  const drag = useRef<{ x: number; y: number; frame: Frame; scrolled: number } | undefined>(undefined);
  const pinch = useRef<(Spread & { frame: Frame }) | undefined>(undefined);
  const scale = scaleOf(frame, width);
  useEffect(() => {
    const room = drawing.current?.parentElement;
    // Where the map is wider than its room, it begins with what stands in its middle.
    if (room) room.scrollLeft = (room.scrollWidth - room.clientWidth) / 2;
  }, [width]);
  return (
    <svg
      ref={drawing}
      class={frame.width < WIDTH ? 'world zoomed' : 'world'}
      viewBox={`${frame.x} ${frame.y} ${frame.width} ${(frame.width * HEIGHT) / WIDTH}`}
      role="group"
      aria-label={label}
      onWheel={(event) => {
        event.preventDefault();
        const at = pointIn(frame, shareOf(event, event.clientX, event.clientY));
        setFrame((now) => zoomed(now, event.deltaY < 0 ? 1.2 : 1 / 1.2, at));
      }}
      onPointerDown={(event) => {
        const scrolled = event.currentTarget.parentElement?.scrollLeft ?? 0;
        drag.current = { x: event.clientX, y: event.clientY, frame, scrolled };
      }}
      onPointerMove={(event) => {
        const start = drag.current;
        if (!start || event.buttons === 0) return;
        // A finger that moves up or down scrolls the page; two move the map.
        const isScrolling = event.pointerType === 'touch';
        const [across, y] = [event.clientX - start.x, isScrolling ? 0 : event.clientY - start.y];
        if (Math.abs(across) + Math.abs(y) < 4) return;
        // A room that is narrower than the map is scrolled as far as it goes.
        const room = event.currentTarget.parentElement;
        if (room) room.scrollLeft = start.scrolled - across;
        const x = across + (room?.scrollLeft ?? 0) - start.scrolled;
        setFrame(() => within({ ...start.frame, x: start.frame.x - x * scale, y: start.frame.y - y * scale }));
      }}
      onPointerUp={() => {
        drag.current = undefined;
      }}
      onTouchStart={(event) => {
        const spread = spreadOf(event);
        pinch.current = spread && { ...spread, frame };
        if (!spread) return;
        event.preventDefault();
        drag.current = undefined;
      }}
      onTouchMove={(event) => {
        const { current: start } = pinch;
        const now = spreadOf(event);
        if (!start || !now) return;
        event.preventDefault();
        setFrame(() => pinched(start.frame, now.span / start.span, start.middle, now.middle));
      }}
      onTouchEnd={() => {
        pinch.current = undefined;
      }}
    >
      <path class="sea" d={world.sphere} />
      {world.land.map(({ code, path }) => (
        <path key={path} class={code !== undefined && isMarked(code) ? 'land partner' : 'land'} d={path} />
      ))}
      <path class="borders" d={world.borders} />
      {children}
    </svg>
  );
}
