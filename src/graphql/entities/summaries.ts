import { type FieldNode, parse } from 'graphql';
import { Connection, Edge, type Entity, type RelationAnswer } from '../../engine/reads/rows.ts';
import type { Ontology } from '../../ontology/ontology.ts';
import {
  type Facts,
  factsNeeded,
  GENERATED_SUMMARY,
  languagesOfSummaries,
  MOST_NAMED,
  type Related,
  summaryOf,
} from '../../ontology/summaries/summary.ts';
import type { Kind } from '../../ontology/vocabulary.ts';
import { readsOf } from '../as-of/graph-reads.ts';
import { lazyType, type SchemaBase } from '../builder.ts';
import type { Context } from '../context.ts';
import { badUserInput } from '../errors.ts';
import { type FieldReads, readKey } from '../planning/selection.ts';
import { EntityInterface, refOf } from '../references.ts';

/** The fields that the summaries of a kind read, in whatever language they are. */
function readsOfKind(ontology: Ontology, kind: Kind): readonly FieldNode[] {
  const { properties, relations, names } = factsNeeded(ontology, kind);
  const fields = ontology.relationFieldsOf(kind);
  const named = `{ ${[...names].join(' ')} }`;
  const texts = [...relations].map(([field, readsNames]) => {
    if (fields.get(field)?.toOne) return `${field} ${named}`;
    return `${field}(first: ${MOST_NAMED}) { totalCount ${readsNames ? `nodes ${named}` : ''} }`;
  });
  const [definition] = parse(`{ ${[...properties, ...texts].join(' ')} }`).definitions;
  return definition && 'selectionSet' in definition ? (definition.selectionSet?.selections as FieldNode[]) : [];
}

/** What a relation leads to, of which the first entities were read. */
function relatedIn(answer: RelationAnswer, nameProperty: string): Related {
  const nameOf = (entity: Entity) => String(entity.value(nameProperty) ?? entity.value('name'));
  if (answer instanceof Edge) return { total: 1, names: [nameOf(answer.node)] };
  if (!(answer instanceof Connection)) return { total: 0, names: [] };
  return { total: answer.totalCount, names: answer.nodes.map(nameOf) };
}

/** The relations that a summary reads. Those that were not read with the entity are read now, for all entities at once. */
async function relationsOf(entity: Entity, context: Context): Promise<ReadonlyMap<string, RelationAnswer>> {
  const { relations } = factsNeeded(context.ontology, entity.kind);
  const read = async (field: string) => {
    const key = readKey(GENERATED_SUMMARY, field);
    const prefetched = entity.prefetched(key);
    const plan = entity.planned(key);
    if (prefetched !== undefined || !plan) return [field, prefetched ?? null] as const;
    return [field, await (await readsOf(context)).reader.relation(entity, plan)] as const;
  };
  return new Map(await Promise.all([...relations.keys()].map(read)));
}

async function summarize(entity: Entity, language: string, context: Context): Promise<string | null> {
  const answers = await relationsOf(entity, context);
  const facts: Facts = {
    value: (property) => entity.value(property),
    related: (field, nameProperty) => relatedIn(answers.get(field) ?? null, nameProperty),
  };
  return summaryOf(context.ontology, entity.kind, language, facts);
}

/** The language of the summaries that fits a tag: itself, or the same one in another script or place. @throws GraphQLError BAD_USER_INPUT */
function languageFor(ontology: Ontology, tag: string | null | undefined): string {
  const languages = languagesOfSummaries(ontology);
  const [fallback = ontology.language] = languages;
  if (typeof tag !== 'string') return languages.includes(ontology.language) ? ontology.language : fallback;
  const primary = (each: string) => each.toLowerCase().split(/[-_]/)[0];
  const found =
    languages.find((each) => each.toLowerCase() === tag.toLowerCase()) ??
    languages.find((each) => primary(each) === primary(tag));
  if (found === undefined)
    throw badUserInput(`There are no summaries in the language ${JSON.stringify(tag)}. Use ${languages.join(', ')}.`);
  return found;
}

const description =
  'One sentence made from the facts of the entity by a template, so no text of a source. Null without a template in the language.';

function optionsOf(base: SchemaBase, reads: readonly FieldNode[] | undefined) {
  const languages = languagesOfSummaries(base.ontology);
  const extensions: FieldReads = reads ? { reads } : {};
  return {
    type: 'String',
    nullable: true,
    args: base.builder.args((t) => ({
      language: t.string({
        description: `Language (BCP 47): ${languages.join(' or ')}. Default: ${languageFor(base.ontology, null)}.`,
      }),
    })),
    description,
    extensions,
    resolve: (entity: Entity, { language }: { language?: string | null | undefined }, context: Context) =>
      summarize(entity, languageFor(context.ontology, language), context),
  } as const;
}

/** Adds sentences that are made from facts, where the ontology has templates of them. */
export const addSummaries = lazyType((base) => {
  const { builder, ontology } = base;
  if (languagesOfSummaries(ontology).length === 0) return;
  builder.interfaceField(EntityInterface(base), GENERATED_SUMMARY, (t) => t.field(optionsOf(base, undefined)));
  for (const kind of ontology.kindNames)
    builder.objectField(refOf(base, kind), GENERATED_SUMMARY, (t) =>
      t.field(optionsOf(base, readsOfKind(ontology, kind))),
    );
});
