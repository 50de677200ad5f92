import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { scaleOf, within, zoomed } from './frame.ts';
import { type Frame, HEIGHT, WIDTH, type World } from './world.ts';

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
  const drag = useRef<{ x: number; y: number; frame: Frame } | undefined>(undefined);
  const scale = scaleOf(frame, width);
  useEffect(() => {
    const room = drawing.current?.parentElement;
    // Where the map is wider than its room, it begins with what stands in its middle.
    if (room) room.scrollLeft = (room.scrollWidth - room.clientWidth) / 2;
  }, [width]);
  return (
    <svg
      ref={drawing}
      class="world"
      viewBox={`${frame.x} ${frame.y} ${frame.width} ${(frame.width * HEIGHT) / WIDTH}`}
      role="group"
      aria-label={label}
      onWheel={(event) => {
        event.preventDefault();
        const box = event.currentTarget.getBoundingClientRect();
        const at = [
          frame.x + ((event.clientX - box.left) / box.width) * frame.width,
          frame.y + ((event.clientY - box.top) / box.height) * ((frame.width * HEIGHT) / WIDTH),
        ] as const;
        setFrame((now) => zoomed(now, event.deltaY < 0 ? 1.2 : 1 / 1.2, at));
      }}
      onPointerDown={(event) => {
        drag.current = { x: event.clientX, y: event.clientY, frame };
      }}
      onPointerMove={(event) => {
        const start = drag.current;
        if (!start || event.buttons === 0) return;
        const [x, y] = [event.clientX - start.x, event.clientY - start.y];
        if (Math.abs(x) + Math.abs(y) < 4) return;
        setFrame(() => within({ ...start.frame, x: start.frame.x - x * scale, y: start.frame.y - y * scale }));
      }}
      onPointerUp={() => {
        drag.current = undefined;
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
