import type { ElementDefinition } from 'cytoscape';
import type { Card, Hop } from './answers.ts';
import { grounds, mixed } from './canvas-style.ts';
import { wrapped } from './labels.ts';
import type { Look } from './looks.ts';
import { hopKey, type Piece } from './piece.ts';
import { isTitled } from './trust.ts';
import { inWords } from './words.ts';

/** How what is drawn looks, as far as the page knows that. */
export interface Appearance {
  /** How a kind is drawn, by the name of its type. */
  lookOf(kind: string): Look;
  /** Whether little speaks for a relation. */
  isWeak(hop: Hop): boolean;
  /** Up to so many relations are named all the time; of more, only those of what is pointed at. */
  readonly namedRelations: number;
}

interface Drawn {
  readonly isDark: boolean;
  /** So many that names are cut short, but for those that are pointed at. */
  readonly isDense: boolean;
  /** By how much signs are smaller where there are many. */
  readonly shrink: number;
}

/** What tells a laboratory from others: nearly all are joint ones, and the title is told by the sign. */
const briefly = (name: string) =>
  name.replace(/["“]?Belt and Road["”]? Joint (?=Laborator)/i, 'Joint ').replace(/Joint Laboratory/i, 'Joint Lab');

function nodeElement(look: Look, card: Card, degree: number, { isDark, isDense, shrink }: Drawn): ElementDefinition {
  const color = isDark ? look.dark : look.light;
  const classes = [
    card.designation !== undefined && (isTitled(card) ? 'titled' : 'context'),
    card.reliability === 'LOW' && 'context',
  ];
  return {
    group: 'nodes',
    data: {
      id: card.slug,
      label: isDense ? wrapped(briefly(card.name), 20, 2) : wrapped(card.name),
      whole: [wrapped(card.name, 28, 6), card.nameZh ? wrapped(card.nameZh, 28, 3) : []].flat().join('\n'),
      color,
      pale: mixed(color, grounds[isDark ? 'dark' : 'light'].paper, 0.2),
      corners: look.corners.flat().join(' '),
      size: (15 + Math.min(17, 3.2 * Math.sqrt(degree)) + (isTitled(card) ? 2 : 0)) * shrink,
      degree,
    },
    classes: classes.filter((name) => typeof name === 'string'),
  };
}

const edgeElement = (hop: Hop, classes: string[]): ElementDefinition => ({
  group: 'edges',
  data: { id: hopKey(hop), source: hop.from.slug, target: hop.to.slug, label: inWords(hop.relation) },
  classes,
});

/** The elements of a graph that is drawn in so much room, in square pixels. */
export function elementsOf(
  { nodes, edges }: Piece,
  { lookOf, isWeak, namedRelations }: Appearance,
  isDark: boolean,
  room: number,
): readonly ElementDefinition[] {
  const drawn: Drawn = {
    isDark,
    isDense: nodes.length > 24,
    shrink: Math.max(0.5, Math.min(1, Math.sqrt(room / nodes.length / 5_000))),
  };
  const named = edges.length <= namedRelations ? ['named'] : [];
  const degrees = new Map<string, number>();
  for (const { from, to } of edges) {
    for (const { slug } of [from, to]) degrees.set(slug, (degrees.get(slug) ?? 0) + 1);
  }
  return [
    ...nodes.map((card) => nodeElement(lookOf(card.__typename), card, degrees.get(card.slug) ?? 0, drawn)),
    ...edges.map((hop) => edgeElement(hop, [...(isWeak(hop) ? ['weak'] : []), ...named])),
  ];
}
