import type { Card, EdgeProperty, Hop, SourceCard } from '../../drawing/answers.ts';
import type { Piece } from '../../drawing/piece.ts';
import { hopKey } from '../../drawing/piece.ts';
import { kindOf } from '../../drawing/words.ts';
import type { Ontology } from './answers.ts';

type Value = unknown;
type Values = Readonly<Record<string, Value>>;

const isObject = (value: Value): value is Values =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isEntity = (value: Value): value is Values & Card =>
  isObject(value) && typeof value.__typename === 'string' && typeof value.slug === 'string';

const edgeFields = new Set(['node', 'cursor', 'sources', 'ownSources', '__typename']);

const propertiesOf = (edge: Values): readonly EdgeProperty[] =>
  Object.entries(edge)
    .filter(([name, value]) => !edgeFields.has(name) && value !== null)
    .map(([name, value]) => ({ name, value }));

/** The relation of a field, and whether the field is on its `from` end. */
function relationReader({ relations }: Ontology) {
  const byField = new Map<string, { relation: string; isForward: boolean }>();
  for (const { relation, from, to, forwardField, backwardField } of relations) {
    for (const kind of from) byField.set(`${kind}.${forwardField}`, { relation, isForward: true });
    for (const kind of to) {
      const field = `${kind}.${backwardField}`;
      if (!byField.has(field)) byField.set(field, { relation, isForward: false });
    }
  }
  return (typeName: string, field: string) => byField.get(`${kindOf(typeName)}.${field}`);
}

/**
 * Entities and relations of any response, by the field names in the ontology. Entities need `__typename` and `slug`;
 * relation fields must not be aliased.
 */
export function pieceFromAnswer(answer: Value, ontology: Ontology): Piece {
  const relationOf = relationReader(ontology);
  const nodes = new Map<string, Card>();
  const edges = new Map<string, Hop>();

  function relate(near: Card, field: string, far: Values & Card, edge: Values) {
    const found = relationOf(near.__typename, field);
    if (!found) return;
    const [from, to] = found.isForward ? [near, far] : [far, near];
    const hop: Hop = {
      relation: found.relation,
      from: { slug: from.slug },
      to: { slug: to.slug },
      properties: propertiesOf(edge),
      ownSources: edge.ownSources === true,
      sources: Array.isArray(edge.sources) ? (edge.sources as readonly SourceCard[]) : [],
    };
    edges.set(hopKey(hop), hop);
  }

  function visit(value: Value): void {
    if (Array.isArray(value)) {
      for (const item of value) visit(item);
      return;
    }
    if (!isObject(value)) return;
    if (isEntity(value)) nodes.set(value.slug, { ...nodes.get(value.slug), ...value });
    for (const [field, below] of Object.entries(value)) {
      if (isEntity(value)) {
        if (isEntity(below)) relate(value, field, below, {});
        if (isObject(below)) {
          // A to-one relation with what is said of it.
          if (isEntity(below.node)) relate(value, field.replace(/Edge$/, ''), below.node, below);
          for (const edge of Array.isArray(below.edges) ? below.edges : []) {
            if (isObject(edge) && isEntity(edge.node)) relate(value, field, edge.node, edge);
          }
          for (const node of Array.isArray(below.nodes) ? below.nodes : []) {
            if (isEntity(node)) relate(value, field, node, {});
          }
        }
      }
      // Sources of a fact are not entities of the graph.
      if (field !== 'sources') visit(below);
    }
  }

  visit(answer);
  return { nodes: [...nodes.values()], edges: [...edges.values()] };
}
