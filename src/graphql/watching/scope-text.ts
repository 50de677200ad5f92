import { GraphQLError, type GraphQLField, type GraphQLSchema, getArgumentValues, Kind, parse, validate } from 'graphql';
import { createCache } from '../../engine/budgets/budgeted-cache.ts';
import type { ChangeScope } from '../../history/scope/change-scope.ts';
import { getOrInsert } from '../../ontology/get-or-insert.ts';
import { memoize } from '../../ontology/memoize.ts';
import type { Ontology } from '../../ontology/ontology.ts';
import { checkText } from '../check-text.ts';
import { badUserInput } from '../errors.ts';
import { type ScopeArguments, scopeOf } from './scope-arguments.ts';

/** Maximum number of characters of the text of a scope. */
const LONGEST_SCOPE = 10_000;

type ChangesField = GraphQLField<unknown, unknown>;

function changesField(schema: GraphQLSchema): ChangesField {
  const field = schema.getSubscriptionType()?.getFields().changes;
  if (!field) throw new Error('The schema has no subscription `changes`.');
  return field;
}

/** @throws GraphQLError BAD_USER_INPUT */
function argumentsIn(schema: GraphQLSchema, text: string): ScopeArguments {
  if (text.trim() === '') return {};
  if (text.length > LONGEST_SCOPE) {
    throw badUserInput(`A scope has at most ${LONGEST_SCOPE} characters; this one has ${text.length}.`);
  }
  const source = `subscription { changes(${text}) { __typename } }`;
  checkText(source);
  try {
    const document = parse(source, {
      noLocation: true,
    });
    const [operation, ...others] = document.definitions;
    const [selected, ...more] = operation?.kind === Kind.OPERATION_DEFINITION ? operation.selectionSet.selections : [];
    const [error] = validate(schema, document, undefined, { maxErrors: 1 });
    if (error) throw error;
    if (others.length > 0 || more.length > 0 || selected?.kind !== Kind.FIELD || selected.directives?.length) {
      throw new GraphQLError('More than arguments of `changes` is written.');
    }
    return getArgumentValues(changesField(schema), selected) as ScopeArguments;
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    throw badUserInput(
      `${error.message.slice(0, 500)} Write the arguments as the subscription \`changes\` takes them.`,
    );
  }
}

/** What a scope takes for each character of its text, about. */
const BYTES_PER_CHARACTER = 10;

const keptOf = memoize((_: GraphQLSchema) =>
  createCache<ChangeScope>('scopes', { sizeOf: (_, text) => BYTES_PER_CHARACTER * (text.length + 100) }),
);

/** The scope that a text describes, the same for the same text. @throws GraphQLError BAD_USER_INPUT, LIMIT_EXCEEDED */
export function readScope(schema: GraphQLSchema, ontology: Ontology, text: string): ChangeScope {
  return getOrInsert(keptOf(schema), text, () => {
    const args = argumentsIn(schema, text);
    if (args.after !== undefined) throw badUserInput('A scope has no cursor `after`. Leave it out.');
    return scopeOf(ontology, args).scope;
  });
}
