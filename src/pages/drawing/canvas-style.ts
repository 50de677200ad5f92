import type cytoscape from 'cytoscape';
import type { StylesheetJson } from 'cytoscape';

/** Colours of the page for the canvas, which has no style sheet. */
export interface Ground {
  readonly paper: string;
  readonly ink: string;
  readonly faint: string;
  readonly line: string;
  readonly accent: string;
  readonly gold: string;
}

export const grounds: Readonly<Record<'light' | 'dark', Ground>> = {
  light: { paper: '#fbfaf7', ink: '#22262b', faint: '#5d656e', line: '#b9bec4', accent: '#0b62c4', gold: '#c98a00' },
  dark: { paper: '#15181c', ink: '#eceae5', faint: '#a3abb3', line: '#4c545d', accent: '#7cb8ff', gold: '#f0c050' },
};

const channels = (color: string) => [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16));

/** Mixes two colours given as `#rrggbb`; `share` is that of the first. */
export function mixed(color: string, ground: string, share: number): string {
  const [own, under] = [channels(color), channels(ground)];
  const parts = own.map((value, index) => Math.round(value * share + (under[index] ?? 0) * (1 - share)));
  return `#${parts.map((value) => value.toString(16).padStart(2, '0')).join('')}`;
}

const latin = '-apple-system, "Segoe UI", Roboto, "Open Sans"';

/** Font of the labels: that of the page, whose Chinese comes from the font that is served. */
export const canvasFont = (): string =>
  document.documentElement.lang.startsWith('zh')
    ? `${latin}, "Noto Sans SC", sans-serif`
    : `${latin}, "PingFang SC", "Microsoft YaHei", "Noto Sans SC", sans-serif`;

/** Arrow scale for a constant size on the screen: Cytoscape scales arrows with the line width, too. */
const arrowScale = (width: number, scale: number) => (0.8 * 29 * scale) / Math.max(29, (width * 13.37) ** 0.9);

/** Inputs of the style. */
export interface Scene {
  /** Graph units per screen pixel. Symbols and labels keep their size when zooming out. */
  readonly scale: number;
  /** Number of entities. */
  readonly relations: number;
  /** Number of font loads. Cytoscape caches rendered labels by style, so the style has to change after each. */
  readonly fonts: number;
}

/** Style of the graph. */
export function canvasStyle(ground: Ground, { scale, relations, fonts }: Scene): StylesheetJson {
  const font = canvasFont();
  return [
    {
      selector: 'node',
      style: {
        width: (node: cytoscape.NodeSingular) => Number(node.data('size')) * scale,
        height: (node: cytoscape.NodeSingular) => Number(node.data('size')) * scale,
        shape: (node: cytoscape.NodeSingular) => (node.data('corners') === '' ? 'ellipse' : 'polygon'),
        'shape-polygon-points': (node: cytoscape.NodeSingular) => node.data('corners') || '-1 -1 1 -1 1 1',
        'background-color': 'data(color)',
        'border-width': 1.5 * scale,
        'border-color': ground.paper,
        'overlay-opacity': 0,
        'transition-property': 'opacity',
        'transition-duration': 120,
      },
    },
    {
      selector: 'node.labelled, node.picked, node.hovered',
      style: {
        label: 'data(label)',
        color: ground.ink,
        'font-family': font,
        'font-size': (11.5 + fonts / 1_000) * scale,
        'text-wrap': 'wrap',
        'text-valign': 'bottom',
        'text-halign': 'center',
        'text-margin-y': 4 * scale,
        'text-outline-color': ground.paper,
        'text-outline-width': 2.5 * scale,
        'line-height': 1.15,
      },
    },
    { selector: 'node.above', style: { 'text-valign': 'top', 'text-margin-y': -4 * scale } },
    {
      selector: 'node.right',
      style: { 'text-valign': 'center', 'text-halign': 'right', 'text-margin-x': 4 * scale, 'text-margin-y': 0 },
    },
    {
      selector: 'node.left',
      style: { 'text-valign': 'center', 'text-halign': 'left', 'text-margin-x': -4 * scale, 'text-margin-y': 0 },
    },
    { selector: 'node.labelled', style: { 'z-index': 10 } },
    { selector: 'node.picked, node.hovered', style: { label: 'data(whole)' } },
    // Context: outline only.
    {
      selector: 'node.other',
      style: { 'background-color': 'data(pale)', 'border-color': 'data(color)', 'border-width': 1.5 * scale },
    },
    {
      selector: 'node.highlighted',
      style: { 'outline-color': ground.gold, 'outline-width': 2.5 * scale, 'outline-offset': 2 * scale },
    },
    {
      selector: 'edge',
      style: {
        width: 1.1 * scale,
        'line-color': ground.line,
        // Many opaque lines would cover the entities.
        'line-opacity': Math.max(0.25, Math.min(1, 14 / Math.sqrt(relations + 1))),
        'curve-style': 'haystack',
        'haystack-radius': 0,
        'overlay-opacity': 0,
      },
    },
    { selector: 'edge.weak', style: { 'line-style': 'dashed', 'line-dash-pattern': [4 * scale, 3 * scale] } },
    { selector: '.dim', style: { opacity: 0.45 } },
    {
      selector: 'edge.named, edge.near, edge.picked, edge.on-path, edge.hovered',
      style: {
        label: 'data(label)',
        color: ground.faint,
        'font-family': font,
        'font-size': 10 * scale,
        'text-background-color': ground.paper,
        'text-background-opacity': 0.92,
        'text-background-padding': `${2 * scale}px`,
        'line-color': ground.faint,
        'line-opacity': 1,
        'curve-style': 'straight',
        'target-arrow-shape': 'triangle',
        'target-arrow-color': ground.faint,
        'arrow-scale': arrowScale(1.1 * scale, scale),
      },
    },
    { selector: 'edge.crowded', style: { label: '' } },
    { selector: 'edge.picked, edge.hovered', style: { label: 'data(label)' } },
    {
      selector: 'edge.picked, edge.on-path',
      style: {
        'line-color': ground.accent,
        'target-arrow-color': ground.accent,
        width: 2.4 * scale,
        'arrow-scale': 1.3 * arrowScale(2.4 * scale, scale),
        color: ground.ink,
      },
    },
    { selector: 'node.chosen', style: { 'border-color': ground.accent, 'border-width': 3 * scale, 'z-index': 15 } },
    { selector: 'node.on-path', style: { 'border-color': ground.accent, 'border-width': 2.5 * scale } },
    {
      selector: 'node.picked',
      style: {
        'border-color': ground.accent,
        'border-width': 3 * scale,
        'font-weight': 600,
        'z-index': 20,
      },
    },
    { selector: 'node.hovered', style: { 'z-index': 30 } },
  ] as StylesheetJson;
}
