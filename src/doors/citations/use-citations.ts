import { setImmediate } from 'node:timers/promises';
import { type ExecutionResult, GraphQLError, type GraphQLSchema } from 'graphql';
import { isAsyncIterable } from 'graphql-yoga';
import type { Graph } from '../../engine/graph/graph.ts';
import { relationKey } from '../../engine/graph/walk.ts';
import { readCitations } from '../../engine/reads/citations.ts';
import { type AnswerSize, leastBytes } from '../../graphql/answer-size.ts';
import { type GraphReads, readsOf } from '../../graphql/as-of/graph-reads.ts';
import { type CitationStyle, citationsAsked } from '../../graphql/citations/cite.ts';
import { AnswerRecord, type Recorded, recordingSchema } from '../../graphql/citations/record-entities.ts';
import type { Context } from '../../graphql/context.ts';
import { globalId } from '../../graphql/identifiers.ts';
import { constantCase } from '../../ontology/letter-case.ts';
import { memoize } from '../../ontology/memoize.ts';
import type { RequestPlugin } from '../../server/phases.ts';
import { stateOf } from '../../server/request-state.ts';
import { type CitationFormatter, createCitationFormatter } from './citation-formatter.ts';

/** Limits on the citations of one response. */
interface Bounds {
  /** Maximum number of sources: those that support most. */
  readonly sources: number;
  /** Maximum number of entities, and of relations, whose sources are read: the first ones. */
  readonly entities: number;
  /** Maximum number of places for each source. */
  readonly places: number;
}

const defaultBounds: Bounds = { sources: 500, entities: 10_000, places: 100 };

interface CitationOptions {
  readonly bounds?: Bounds;
  readonly format?: CitationFormatter;
  readonly answerSize?: AnswerSize | undefined;
  /** @default those of today */
  readonly read?: GraphReads['citations'];
}

/**
 * The sources of a response for its `extensions`, counted as part of its size.
 * @throws GraphError; GraphQLError LIMIT_EXCEEDED if the response becomes too large
 */
export async function citationsOf(
  graph: Graph,
  { entities: allEntities, relations: allRelations }: Recorded,
  styles: readonly CitationStyle[],
  {
    bounds = defaultBounds,
    format = createCitationFormatter(),
    answerSize,
    read = (slugs, relations, bound) => readCitations(graph, slugs, relations, bound),
  }: CitationOptions = {},
): Promise<Readonly<Record<string, unknown>>> {
  const entities = allEntities.slice(0, bounds.entities);
  const relations = allRelations.slice(0, bounds.entities);
  const bySlug = new Map(entities.map((entity) => [entity.slug, entity]));
  const byKey = new Map(relations.map((relation) => [relationKey(relation.stored), relation]));
  const stored = relations.map((relation) => relation.stored);
  const none = { sources: [], total: 0, uncited: [] };
  const isEmpty = entities.length + relations.length === 0;
  const found = isEmpty ? none : await read([...bySlug.keys()], stored, bounds.sources);

  const { kind: sourceKind = '', citation: { cslTypes } = {} } = graph.ontology.provenance ?? {};
  const citations: unknown[] = [];
  for (const source of found.sources) {
    const { slug, name, publisher, date, url, type, reliability } = source;
    const supported = source.supports.flatMap((supports) => bySlug.get(supports) ?? byKey.get(supports) ?? []);
    const citation = {
      id: globalId(sourceKind, slug),
      slug,
      name,
      publisher: publisher ?? null,
      date: date ?? null,
      url,
      type,
      reliability,
      supports: supported.flatMap(({ pointers }) => pointers).slice(0, bounds.places),
      supportsCount: supported.reduce((sum, { places }) => sum + places, 0),
      ...format(source, styles, cslTypes),
    };
    answerSize?.add(leastBytes(citation));
    citations.push(citation);
    // Lets other requests proceed between two citations, as formatting takes time.
    await setImmediate();
  }
  const uncited = found.uncited.flatMap((slug) => {
    const entity = bySlug.get(slug);
    return entity
      ? [{ id: globalId(entity.kind, slug), slug, kind: constantCase(entity.kind), at: entity.pointers }]
      : [];
  });
  answerSize?.add(leastBytes(uncited));
  const leftOut = {
    sources: found.total - citations.length,
    entities: allEntities.length - entities.length,
    relations: allRelations.length - relations.length,
  };
  return {
    citations,
    uncited,
    ...(leftOut.sources + leftOut.entities + leftOut.relations > 0 ? { citationsLeftOut: leftOut } : {}),
  };
}

/** The part of the context that yoga adds. */
interface InRequest {
  readonly request: Request;
}

/** Adds the sources of a response to its `extensions`, if the operation has the directive `@cite`. */
export function useCitations(): RequestPlugin {
  const format = createCitationFormatter();
  const recordingOf = memoize((schema: GraphQLSchema) =>
    recordingSchema(schema, (context) => stateOf((context as InRequest).request).answerRecord),
  );

  return {
    phase: 'execute',
    onExecute({ args, executeFn, setExecuteFn }) {
      const { schema, document, operationName, variableValues, contextValue } = args;
      const styles = citationsAsked(schema, document, operationName, variableValues);
      if (!styles) return;
      const state = stateOf((contextValue as unknown as InRequest).request);
      state.answerRecord = new AnswerRecord();
      setExecuteFn((given) => executeFn({ ...given, schema: recordingOf(schema) }));
      return {
        async onExecuteDone({ result, setResult }) {
          if (isAsyncIterable(result) || !result.data) return;
          const context = contextValue as unknown as Context;
          const { graph, answerSize } = context;
          const recorded = state.answerRecord?.recorded ?? { entities: [], relations: [] };
          const answer = result as ExecutionResult;
          try {
            const { citations: read } = await readsOf(context);
            const cited = await citationsOf(graph, recorded, styles, { format, answerSize, read });
            setResult({ ...answer, extensions: { ...answer.extensions, ...cited } });
          } catch (error) {
            // The data is returned without its sources, together with an error.
            const originalError = error instanceof Error ? error : new Error(String(error));
            const fault = new GraphQLError('The sources of the response could not be read.', { originalError });
            setResult({ ...answer, errors: [...(answer.errors ?? []), fault] });
          }
        },
      };
    },
  };
}
