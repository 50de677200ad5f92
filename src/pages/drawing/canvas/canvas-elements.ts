import type { ElementDefinition } from 'cytoscape';
import type { Card, Hop } from '../answers.ts';
import { grounds, mixed } from '../canvas-style.ts';
import { distinguishingNames } from '../distinguishing.ts';
import type { KindStyle } from '../kind-styles.ts';
import { wrapped } from '../labels.ts';
import { hopKey, type Piece } from '../piece.ts';
import { fieldInWords } from '../words.ts';

/** Classes in the style of the graph. */
export type Standing = 'highlighted' | 'other';

/** Appearance of the graph as defined by the page. */
export interface Appearance {
  /** Style of a kind, by type name. */
  styleOfKind(kind: string): KindStyle;
  /** Whether an entity stands out, or stands back behind those that do. */
  standingOf?(card: Card): Standing | undefined;
  /** The name of an entity. @default its `name` */
  nameOf?(card: Card): string;
  /** A shorter name for crowded graphs. */
  shorten?(name: string): string;
  /** The verb of a relation, which may also be named by a field of the kind that it starts from. @default its name in words */
  verbOf?(relation: string, kind: string): string;
  /** Whether a relation has only weak sources. */
  isWeak(hop: Hop): boolean;
  /** Maximum number of relations for which all labels are shown. Above it, only those of the hovered entity are. */
  readonly namedRelations: number;
}

interface Drawn {
  readonly isDark: boolean;
  /** Whether labels are shortened, except under the pointer. */
  readonly isDense: boolean;
  /** Scale of symbols in large graphs. */
  readonly shrink: number;
}

/** A name in lines; where it does not fit, what tells it apart. */
function labelOf(name: string, short: string, isDense: boolean): string {
  if (isDense) return wrapped(short, 22, 3);
  const whole = wrapped(name);
  return whole.endsWith(' …') ? wrapped(short, 24, 4) : whole;
}

function nodeElement(
  { styleOfKind, standingOf, nameOf = ({ name }) => name }: Appearance,
  card: Card,
  short: string,
  degree: number,
  { isDark, isDense, shrink }: Drawn,
): ElementDefinition {
  const look = styleOfKind(card.__typename);
  const standing = standingOf?.(card);
  const color = isDark ? look.dark : look.light;
  return {
    group: 'nodes',
    data: {
      id: card.slug,
      label: labelOf(nameOf(card), short, isDense),
      whole: [...new Set([nameOf(card), card.name, card.nameZh ?? nameOf(card)])]
        .map((name) => wrapped(name, 28, 6))
        .join('\n'),
      color,
      pale: mixed(color, grounds[isDark ? 'dark' : 'light'].paper, 0.2),
      corners: look.corners.flat().join(' '),
      size: (15 + Math.min(17, 3.2 * Math.sqrt(degree)) + (standing === 'highlighted' ? 2 : 0)) * shrink,
      degree,
    },
    classes: standing ? [standing] : [],
  };
}

const edgeElement = (hop: Hop, label: string, classes: string[]): ElementDefinition => ({
  group: 'edges',
  data: { id: hopKey(hop), source: hop.from.slug, target: hop.to.slug, label },
  classes,
});

/** With more entities than this, labels are shortened. */
const DENSE = 24;

/** The elements of a graph for an area in square pixels. */
export function elementsOf(
  { nodes, edges }: Piece,
  appearance: Appearance,
  isDark: boolean,
  room: number,
): readonly ElementDefinition[] {
  const drawn: Drawn = {
    isDark,
    isDense: nodes.length > DENSE,
    shrink: Math.max(0.5, Math.min(1, Math.sqrt(room / nodes.length / 5_000))),
  };
  const {
    isWeak,
    namedRelations,
    nameOf = ({ name }) => name,
    shorten = (name) => name,
    verbOf = fieldInWords,
  } = appearance;
  const short = distinguishingNames(
    nodes.map((card) => ({ id: card.slug, kind: card.__typename, name: shorten(nameOf(card)) })),
  );
  const named = edges.length <= namedRelations ? ['named'] : [];
  const kinds = new Map(nodes.map(({ slug, __typename }) => [slug, __typename]));
  const verb = ({ relation, from }: Hop) => verbOf(relation, kinds.get(from.slug) ?? '');
  const degrees = new Map<string, number>();
  for (const { from, to } of edges) {
    for (const { slug } of [from, to]) degrees.set(slug, (degrees.get(slug) ?? 0) + 1);
  }
  return [
    ...nodes.map((card) =>
      nodeElement(appearance, card, short.get(card.slug) ?? nameOf(card), degrees.get(card.slug) ?? 0, drawn),
    ),
    ...edges.map((hop) => edgeElement(hop, verb(hop), [...(isWeak(hop) ? ['weak'] : []), ...named])),
  ];
}
