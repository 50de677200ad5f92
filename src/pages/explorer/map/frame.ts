import { degreesAt, type Frame, HEIGHT, pointAt, WIDTH } from './world.ts';

/** Smallest width of the drawing in pixels, so that circles can be hit; narrower rooms scroll. */
const NARROWEST = 780;

/** Width of the drawing in a room, which is wider unless it is fitted into it. */
export const drawnWidth = (room: number, isFitted: boolean): number =>
  isFitted && room > 0 ? room : Math.max(room || WIDTH, NARROWEST);

export const whole: Frame = { x: 0, y: 0, width: WIDTH };

/** Limits a frame to the world. */
export function within({ x, y, width }: Frame): Frame {
  const wide = Math.min(WIDTH, Math.max(WIDTH / 16, width));
  const high = (wide * HEIGHT) / WIDTH;
  return { x: Math.min(WIDTH - wide, Math.max(0, x)), y: Math.min(HEIGHT - high, Math.max(0, y)), width: wide };
}

/** Zooms a frame by a factor around a fixed point. */
export function zoomed(frame: Frame, factor: number, at?: readonly [number, number]): Frame {
  const high = (frame.width * HEIGHT) / WIDTH;
  const [x, y] = at ?? [frame.x + frame.width / 2, frame.y + high / 2];
  return within({ x: x - (x - frame.x) / factor, y: y - (y - frame.y) / factor, width: frame.width / factor });
}

/** Where something lies in the drawing: from 0 at its left and upper edge to 1. */
export type Share = readonly [number, number];

/** The point of the map that lies there. */
export const pointIn = (frame: Frame, [x, y]: Share): readonly [number, number] => [
  frame.x + x * frame.width,
  frame.y + (y * frame.width * HEIGHT) / WIDTH,
];

/** Zooms a frame by a factor, and moves it so that a point lies elsewhere. */
export function pinched(frame: Frame, factor: number, from: Share, to: Share): Frame {
  const [x, y] = pointIn(frame, from);
  const { width } = within({ ...frame, width: frame.width / factor });
  const [left, top] = pointIn({ x: 0, y: 0, width }, to);
  return within({ x: x - left, y: y - top, width });
}

/** Map units per pixel of the screen. */
export const scaleOf = (frame: Frame, width: number): number => frame.width / width;

/** The middle of a frame and how much it is zoomed, as it stands in an address: `36.8~-1.3~4`. Empty for the whole world. */
export function textOfFrame({ x, y, width }: Frame): string {
  const middle = degreesAt(x + width / 2, y + (width * HEIGHT) / WIDTH / 2);
  if (width >= WIDTH || !middle) return '';
  return [...middle.map((degrees) => degrees.toFixed(1)), (WIDTH / width).toFixed(2)].map(Number).join('~');
}

/** The frame of an address; the whole world if it cannot be read. */
export function frameOfText(text: string | undefined): Frame {
  const parts = (text ?? '').split('~').map(Number);
  const [longitude = 0, latitude = 0, zoom = 0] = parts;
  if (parts.length !== 3 || !parts.every(Number.isFinite) || zoom <= 1) return whole;
  const point = pointAt(longitude, latitude);
  if (!point) return whole;
  const width = WIDTH / zoom;
  return within({ x: point[0] - width / 2, y: point[1] - (width * HEIGHT) / WIDTH / 2, width });
}
