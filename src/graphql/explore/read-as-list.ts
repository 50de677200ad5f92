import { GraphQLError, type GraphQLResolveInfo, getArgumentValues, Kind as Node, parse } from 'graphql';
import type { ReadMatches } from '../../engine/search/search.ts';
import type { Ontology } from '../../ontology/ontology.ts';
import type { ConnectionArguments } from '../arguments/paging.ts';
import type { Context } from '../context.ts';
import { limits } from '../limits.ts';
import { plannerFor } from '../planning/read-selection.ts';
import { meansOf } from '../questions/meanings.ts';
import type { Asked, Interpretation, Understood } from '../questions/meant.ts';
import { mayNameKinds, type QuestionReading, readQuestion } from '../questions/read-question.ts';

type Listed = Extract<Asked, { is: 'list' | 'count' | 'ranking' }>;

const isListed = (asked: Asked): asked is Listed => ['list', 'count', 'ranking'].includes(asked.is);

/** Whether what meets none of the words but those of a kind says nothing: the kind is all that was named, or what it lacks. */
function isStrict({ asked, understood }: Interpretation): boolean {
  const naming: readonly Understood['as'][] = ['ENTITY', 'TEXT', 'RELATION'];
  const limits = understood.some(({ as, means }) => as === 'NUMBER' || (as === 'GRAMMAR' && means === 'negation'));
  return limits || asked.is === 'ranking' || !understood.some(({ as }) => naming.includes(as));
}

/** Words that name no kind, class or relation, and so tell one entity from another. */
const tellingWords = ({ understood, leftOut }: Interpretation): readonly string[] => [
  ...understood.filter(({ as }) => as === 'ENTITY' || as === 'TEXT').map(({ part }) => part.written),
  ...leftOut.map(({ written }) => written),
];

const [selected] = parse('{ list { nodes { slug } } }').definitions.flatMap((one) =>
  one.kind === Node.OPERATION_DEFINITION ? one.selectionSet.selections : [],
);

/** The entities of a list that a reading asks for, in its order. */
async function listed(
  context: Context,
  info: GraphQLResolveInfo,
  { document, variables }: QuestionReading,
  { kind, first }: { readonly kind: string; readonly first: number },
): Promise<readonly string[]> {
  const [operation] = parse(document, { noLocation: true }).definitions;
  const [field] = operation?.kind === Node.OPERATION_DEFINITION ? operation.selectionSet.selections : [];
  const { plural } = context.ontology.kind(kind);
  const definition = info.schema.getQueryType()?.getFields()[plural];
  if (field?.kind !== Node.FIELD || selected?.kind !== Node.FIELD || !definition) return [];
  const { filter, orderBy } = getArgumentValues(definition, field, variables) as ConnectionArguments;
  const planner = plannerFor(context, info, await context.statistics());
  const plan = planner.page(kind, plural, { filter, orderBy }, [selected]);
  const { nodes } = await context.readerOfToday().page({ ...plan, page: { ...plan.page, size: first } });
  return nodes.map(({ slug }) => slug);
}

/** Whether words name what is looked for; a class by which others are found, such as a region, is rather where it is. */
const isNamed = (ontology: Ontology, { understood }: Interpretation, { start, kind }: Listed['of']): boolean =>
  understood.some(
    ({ as, part }) =>
      part.start === start &&
      (as !== 'VALUE' ||
        meansOf(part, 'value').some(
          (value) => value.kind === kind && ontology.propertyOf(kind, value.property).searched !== 'category',
        )),
  );

/**
 * What a search is read as, where its words can be read as a question for entities: these are what it looks for.
 * @throws GraphError
 */
export async function readAsList(
  context: Context,
  info: GraphQLResolveInfo,
  query: string,
): Promise<ReadMatches | null> {
  const { ontology, graph } = context;
  if (!mayNameKinds(ontology, query)) return null;
  const reading = await readQuestion(graph, query);
  const { asked, leftOut, understood } = reading;
  if (!isListed(asked) || !isNamed(ontology, reading, asked.of)) return null;
  const { kind } = asked.of;
  const isWhole = leftOut.length === 0;
  const first = asked.is === 'ranking' ? Math.min(asked.first, limits.matches) : limits.matches;
  try {
    return {
      kind,
      telling: tellingWords(reading),
      slugs: isWhole ? await listed(context, info, reading, { kind, first }) : [],
      isRanked: asked.is === 'ranking',
      isWhole: isWhole && !understood.some(({ as }) => as === 'TEXT'),
      isStrict: isStrict(reading),
    };
  } catch (error) {
    // A filter that is too large for a list is none for a search.
    if (error instanceof GraphQLError) return null;
    throw error;
  }
}
