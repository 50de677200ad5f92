import { type DocumentNode, type FragmentDefinitionNode, Kind, type SelectionSetNode, visit } from 'graphql';
import { badUserInput, limitExceeded } from '../errors.ts';
import { limits } from '../limits.ts';

/** Whether errors of a document have `locations`: each searches for its line from the start of the text. */
export function isLocated(text: string): boolean {
  let at = -1;
  for (let lines = 1; lines <= limits.locatedLines; lines += 1) {
    at = text.indexOf('\n', at + 1);
    if (at === -1) return !text.includes('\r');
  }
  return false;
}

/** Size of a selection with its fragments expanded. */
interface Size {
  readonly fields: number;
  /** Fields and spreads. */
  readonly selections: number;
  readonly depth: number;
  readonly aliases: number;
  readonly directives: number;
  /** Maximum number of sibling fields with the same name or alias. */
  readonly same: number;
  /** Number of fields at the top level of the selection. */
  readonly own: number;
}

const nothing: Size = { fields: 0, selections: 0, depth: 0, aliases: 0, directives: 0, same: 0, own: 0 };

const beside = (left: Size, right: Size): Size => ({
  fields: left.fields + right.fields,
  selections: left.selections + right.selections,
  depth: Math.max(left.depth, right.depth),
  aliases: left.aliases + right.aliases,
  directives: left.directives + right.directives,
  same: Math.max(left.same, right.same),
  own: left.own + right.own,
});

/** The executor takes an object with such a field for a promise, and fails. */
const UNUSABLE_KEY = 'then';

/** Measures each fragment once, regardless of the number of spreads. */
class Measure {
  readonly #fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly #known = new Map<string, Size>();

  constructor(fragments: readonly FragmentDefinitionNode[]) {
    this.#fragments = new Map(fragments.map((fragment) => [fragment.name.value, fragment]));
  }

  of({ selections }: SelectionSetNode): Size {
    let size = nothing;
    const times = new Map<string, number>();
    for (const selection of selections) {
      const directives = selection.directives?.length ?? 0;
      if (selection.kind === Kind.FIELD) {
        const { value: key } = selection.alias ?? selection.name;
        if (key === UNUSABLE_KEY)
          throw badUserInput(`No field can be called \`${key}\` in an answer. Choose another alias.`);
        times.set(key, (times.get(key) ?? 0) + 1);
        const below = selection.selectionSet ? this.of(selection.selectionSet) : nothing;
        size = beside(size, {
          fields: below.fields + 1,
          selections: below.selections + 1,
          depth: below.depth + 1,
          aliases: below.aliases + (selection.alias ? 1 : 0),
          directives: below.directives + directives,
          same: below.same,
          own: 1,
        });
      } else {
        const spread =
          selection.kind === Kind.INLINE_FRAGMENT
            ? this.of(selection.selectionSet)
            : this.#fragment(selection.name.value);
        size = beside(size, {
          ...spread,
          selections: spread.selections + 1,
          directives: spread.directives + directives,
        });
      }
    }
    return { ...size, same: Math.max(size.same, ...times.values()) };
  }

  /** Recursive and missing fragments count as empty: validation rejects them. */
  #fragment(name: string): Size {
    const known = this.#known.get(name);
    if (known) return known;
    this.#known.set(name, nothing);
    const fragment = this.#fragments.get(name);
    const size = fragment ? this.of(fragment.selectionSet) : nothing;
    this.#known.set(name, size);
    return size;
  }
}

/** Number of literal values in a document. */
function literalsIn(document: DocumentNode): number {
  let values = 0;
  const count = () => {
    values += 1;
  };
  visit(document, {
    IntValue: count,
    FloatValue: count,
    StringValue: count,
    BooleanValue: count,
    NullValue: count,
    EnumValue: count,
    ListValue: count,
    ObjectValue: count,
  });
  return values;
}

const refuse = (what: string, found: number, allowed: number, advice: string) => {
  if (found > allowed) throw limitExceeded(`The document has ${found} ${what}; ${allowed} are allowed. ${advice}`);
};

/**
 * Checks a document before validation, which takes quadratic time. The content of a fragment counts for each spread.
 * @throws GraphQLError LIMIT_EXCEEDED, BAD_USER_INPUT
 */
export function checkDocument(document: DocumentNode): void {
  const { definitions } = document;
  const fragments = definitions.filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION);
  refuse('fragments', fragments.length, limits.fragments, 'Split the request.');
  const operations = definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION);
  refuse('operations', operations.length, limits.documentOperations, 'Send only those that belong together.');
  const variables = operations.reduce((sum, { variableDefinitions = [] }) => sum + variableDefinitions.length, 0);
  refuse('variables', variables, limits.documentVariables, 'Pass lists or objects, or split the request.');
  refuse('literal values', literalsIn(document), limits.literalValues, 'Pass values as variables.');
  const measure = new Measure(fragments);
  let all = nothing;
  for (const definition of [...operations, ...fragments]) {
    const size = measure.of(definition.selectionSet);
    const directives = definition.directives?.length ?? 0;
    all = beside(all, { ...size, directives: size.directives + directives });
    if (definition.kind === Kind.OPERATION_DEFINITION) {
      refuse('root fields in one operation', size.own, limits.rootFields, 'Split the request.');
    }
  }
  refuse('levels of fields', all.depth, limits.fieldDepth, 'Request the rest separately.');
  refuse('fields, fragments included', all.fields, limits.fields, 'Split the request.');
  refuse('fields and spreads, fragments included', all.selections, limits.selections, 'Split the request.');
  refuse('aliases', all.aliases, limits.aliases, 'Split the request, or use lists such as `nodes(ids: …)`.');
  refuse('sibling fields of the same name', all.same, limits.sameFields, 'Select each once.');
  refuse('directives', all.directives, limits.directives, 'Split the request.');
}

/**
 * Checks the values of variables before coercion, which recurses with each list or object.
 * @throws GraphQLError LIMIT_EXCEEDED
 */
export function checkVariables(variables: unknown): void {
  let level = [variables].filter(isContainer);
  let values = 0;
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > limits.variableDepth) {
      throw limitExceeded(`Variables are nested more than ${limits.variableDepth} deep. Simplify the request.`);
    }
    const inside = level.flatMap((container) => Object.values(container));
    values += inside.length;
    if (values > limits.variableValues) {
      throw limitExceeded(`The variables have more than ${limits.variableValues} values. Split the request.`);
    }
    level = inside.filter(isContainer);
  }
}

const isContainer = (value: unknown): value is object => typeof value === 'object' && value !== null;
