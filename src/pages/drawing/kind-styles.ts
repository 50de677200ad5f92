/** Style of a kind on the graph, in the legend and in lists. */
export interface KindStyle {
  readonly light: string;
  readonly dark: string;
  /** Corners around (0, 0), from -1 to 1; none: a circle. */
  readonly corners: readonly (readonly [number, number])[];
}

const polygon = (corners: number, turn = 0) =>
  Array.from({ length: corners }, (_, corner) => {
    const angle = ((corner + turn) / corners) * 2 * Math.PI - Math.PI / 2;
    return [Number(Math.cos(angle).toFixed(3)), Number(Math.sin(angle).toFixed(3))] as const;
  });

const star = (points: number, inner: number) =>
  polygon(points * 2).map(([x, y], corner) => (corner % 2 ? ([x * inner, y * inner] as const) : ([x, y] as const)));

const square = [
  [-0.82, -0.82],
  [0.82, -0.82],
  [0.82, 0.82],
  [-0.82, 0.82],
] as const;

const bar = [
  [-1, -0.6],
  [1, -0.6],
  [1, 0.6],
  [-1, 0.6],
] as const;

/** Distinct in shape and colour, each with a contrast of at least 3:1 to the background. */
const palette: readonly KindStyle[] = [
  { light: '#2b6cb0', dark: '#74b0f4', corners: [] },
  { light: '#6b4fa8', dark: '#b8a3ea', corners: polygon(8, 0.5) },
  { light: '#b45309', dark: '#f2a65a', corners: polygon(6) },
  { light: '#52667a', dark: '#a3b6c9', corners: square },
  { light: '#2f7d4f', dark: '#79cb9a', corners: polygon(3) },
  { light: '#0b7a83', dark: '#56c7cf', corners: polygon(4) },
  { light: '#a32e6c', dark: '#e58fbe', corners: polygon(5) },
  { light: '#66761a', dark: '#bccb62', corners: bar },
  { light: '#bd3a2b', dark: '#f2897d', corners: star(5, 0.55) },
  { light: '#855437', dark: '#d0a78d', corners: polygon(3, 1.5) },
  { light: '#6e6e6e', dark: '#b0b0b0', corners: star(4, 0.5) },
];

const tall = bar.map(([x, y]) => [y, x] as const);

const cross = [
  ...[[-0.35, -1] as const, [0.35, -1] as const, [0.35, -0.35] as const, [1, -0.35] as const],
  ...[[1, 0.35] as const, [0.35, 0.35] as const, [0.35, 1] as const, [-0.35, 1] as const],
  ...[[-0.35, 0.35] as const, [-1, 0.35] as const, [-1, -0.35] as const, [-0.35, -0.35] as const],
];

const wedge = [[-0.5, -0.8] as const, [0.5, -0.8] as const, [1, 0.8] as const, [-1, 0.8] as const];

const furtherShapes: readonly KindStyle['corners'][] = [cross, wedge, tall, star(6, 0.6), polygon(7), polygon(6, 0.5)];

const shapes = [...furtherShapes, ...palette.map(({ corners }) => corners)];

/** A colour as `#rrggbb`; saturation and lightness from 0 to 1. */
function hexOf(hue: number, saturation: number, lightness: number): string {
  const reach = saturation * Math.min(lightness, 1 - lightness);
  const channel = (offset: number) => {
    const at = (offset + hue / 30) % 12;
    const value = lightness - reach * Math.max(-1, Math.min(at - 3, 9 - at, 1));
    return Math.round(value * 255)
      .toString(16)
      .padStart(2, '0');
  };
  return `#${channel(0)}${channel(8)}${channel(4)}`;
}

/** Style of a kind beyond the palette. The golden angle keeps the hues of neighbouring kinds apart. */
function furtherLook(index: number): KindStyle {
  const hue = (285 + index * 137.5) % 360;
  return { light: hexOf(hue, 0.75, 0.32), dark: hexOf(hue, 0.7, 0.74), corners: shapes[index % shapes.length] ?? [] };
}

/** Style of a kind by its index in the ontology. */
export const styleOfKindAt = (index: number): KindStyle => palette[index] ?? furtherLook(index - palette.length);
