import { kindsInOrder } from '../../../doors/data/files/data-file.ts';
import type { StoredForm } from '../../../engine/changes/apply/stored-form.ts';
import { isSlug } from '../../../engine/changes/check/check-properties.ts';
import type { NoParameters, Statement } from '../../../engine/graph/statement.ts';
import type { Ontology } from '../../../ontology/ontology.ts';
import type { Kind, RelationType } from '../../../ontology/vocabulary.ts';
import type { Access } from '../neo4j-access.ts';
import {
  type AdoptedRecord,
  type AdoptedRelation,
  adoptNode,
  adoptRelation,
  givenSlug,
  type NameProperties,
} from './adopted-record.ts';
import { createSlugs, type Slugs } from './slugs.ts';

/** The data of a database, and the ontology by which it is read. */
export interface Source {
  readonly access: Access;
  readonly ontology: Ontology;
  readonly names: NameProperties;
}

export interface ReadNode {
  readonly kind: Kind;
  readonly element: string;
  /** How people find it. */
  readonly title: string;
  readonly isEntity: boolean;
  /** The kinds whose labels it has: it should be one. */
  readonly kinds: readonly Kind[];
  readonly record: AdoptedRecord;
}

export interface ReadRelation {
  readonly type: RelationType;
  readonly element: string;
  readonly title: string;
  readonly relation: AdoptedRelation;
}

type NodeColumns = readonly [element: string, labels: readonly string[], properties: StoredForm];

// In the order of the store, so that a second run numbers equal names as the first one did.
const nodes = (kind: Kind): Statement<NoParameters, NodeColumns> => ({
  name: 'adoption-nodes',
  text: `MATCH (node:${kind}) RETURN elementId(node), labels(node), properties(node)`,
});

const slugs = (kind: Kind, property: string): Statement<NoParameters, readonly [id: unknown, value: unknown]> => ({
  name: 'adoption-slugs',
  text: `MATCH (node:${kind}) WHERE node.id IS NOT NULL OR node.${property} IS NOT NULL RETURN node.id AS id, node.${property} AS value`,
});

type RelationColumns = readonly [element: string, from: string, to: string, properties: StoredForm];

const relations = (type: RelationType): Statement<NoParameters, RelationColumns> => ({
  name: 'adoption-relations',
  text: `MATCH (from)-[relation:${type}]->(to)
RETURN elementId(relation), coalesce(toStringOrNull(from.name), toStringOrNull(from.title), elementId(from)),
  coalesce(toStringOrNull(to.name), toStringOrNull(to.title), elementId(to)), properties(relation)`,
});

/** The slugs that the data decides, so that those which are made differ from them. */
async function givenSlugs({ access, ontology }: Source): Promise<Slugs> {
  const all = createSlugs();
  for (const kind of ontology.kindNames) {
    const property = ontology.slugPropertyOf(kind) ?? 'id';
    for await (const [id, value] of access.stream(slugs(kind, property), {})) {
      const slug = givenSlug(ontology, kind, { id, [property]: value });
      if (isSlug(slug)) all.reserve(slug);
    }
  }
  return all;
}

const titleOf = (form: StoredForm, element: string): string => {
  const found = [form.name, form.title, form.label, form.id].find((value) => typeof value === 'string' && value !== '');
  return typeof found === 'string' ? found.slice(0, 80) : `node ${element}`;
};

/** Slugs of the sources that were read, by which relations and milestones cite them. */
export type SourceSlugs = Set<string>;

/** All nodes that have a kind, each as a record: those of sources first. */
export async function* readNodes(source: Source, cited: SourceSlugs): AsyncGenerator<ReadNode> {
  const { access, ontology, names } = source;
  const known = await givenSlugs(source);
  const sourceKind = ontology.provenance?.kind;
  const findSource = (slug: string) => (cited.has(slug) ? sourceKind : undefined);
  for (const kind of kindsInOrder(ontology)) {
    for await (const [element, labels, form] of access.stream(nodes(kind), {})) {
      const kinds = ontology.kindNames.filter((name) => labels.includes(name));
      if (kinds[0] !== kind) continue;
      const isEntity = labels.includes('Entity');
      const record = adoptNode(ontology, { kind, form, slugs: known, names, isEntity, findSource });
      if (kind === sourceKind) cited.add(record.id);
      yield {
        kind,
        element,
        title: titleOf(form, element),
        isEntity,
        kinds,
        record,
      };
    }
  }
}

/** All relationships of the types of the ontology, each as a relation. */
export async function* readRelations({ access, ontology }: Source, cited: SourceSlugs): AsyncGenerator<ReadRelation> {
  const isSource = (slug: unknown) => typeof slug === 'string' && cited.has(slug);
  for (const type of ontology.relationTypes) {
    for await (const [element, from, to, form] of access.stream(relations(type), {})) {
      yield { type, element, title: `${from} → ${to}`, relation: adoptRelation(ontology, type, form, isSource) };
    }
  }
}
