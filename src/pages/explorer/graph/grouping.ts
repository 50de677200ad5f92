import type { Card } from '../../drawing/answers.ts';
import type { Piece } from '../../drawing/piece.ts';
import { capitalized } from '../../drawing/words.ts';
import { propertyOf, settings } from '../settings/known.ts';
import { say } from '../settings/say.tsx';

/** What a graph may be grouped by, with its name in addresses. */
export interface Grouping {
  readonly name: string;
  readonly title: string;
}

const KIND = 'kind';

/** The value of a property of a country, or of the countries that an entity is related to if they share one. */
function valuesIn({ nodes, edges }: Piece, property: string): ReadonlyMap<string, string> {
  const own = new Map(
    nodes.flatMap((card): (readonly [string, string])[] => {
      const value = card.__typename === settings().map?.kind ? propertyOf({ ...card }, property) : undefined;
      return typeof value === 'string' ? [[card.slug, value]] : [];
    }),
  );
  const around = new Map<string, Set<string>>();
  for (const { from, to } of edges) {
    for (const [here, there] of [
      [from.slug, to.slug],
      [to.slug, from.slug],
    ] as const) {
      const value = own.get(there);
      if (value !== undefined && !own.has(here)) around.set(here, (around.get(here) ?? new Set()).add(value));
    }
  }
  const shared = [...around].flatMap(([slug, values]): (readonly [string, string])[] => {
    const [value] = values;
    return value !== undefined && values.size === 1 ? [[slug, value]] : [];
  });
  return new Map([...own, ...shared]);
}

/** What the graph may be grouped by: kinds, and the properties of countries that the map lists. */
export function groupings(graph: Piece): readonly Grouping[] {
  const properties = Object.entries(settings().map?.columns ?? {}).filter(
    ([property]) => new Set(valuesIn(graph, property).values()).size > 1,
  );
  return [
    { name: KIND, title: say('Kind') },
    ...properties.map(([name, title]) => ({ name, title: capitalized(title) })),
  ];
}

/** The group of each entity; undefined if nothing is grouped by this. */
export function groupOf(name: string | undefined, graph: Piece): ((slug: string) => string) | undefined {
  if (!groupings(graph).some((grouping) => grouping.name === name) || name === undefined) return undefined;
  const kinds = new Map(graph.nodes.map((card: Card): [string, string] => [card.slug, card.__typename]));
  const values = name === KIND ? kinds : valuesIn(graph, name);
  return (slug) => values.get(slug) ?? '';
}
