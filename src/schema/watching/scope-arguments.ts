import type { ChangeScope, Question } from '../../changes/scope/change-scope.ts';
import type { Pattern } from '../../graph/match/match-pattern.ts';
import { isHeldValue } from '../../graph/memory/match-held.ts';
import type { Ontology } from '../../ontology/ontology.ts';
import { type FilterInput, parseFilter } from '../arguments/filter-input.ts';
import { NamedEntities, rangeOf, usuallyWalked, within } from '../arguments/walk-arguments.ts';
import { part } from '../builder.ts';
import { type ChangeArguments, changeArguments, wantedOf } from '../changes/changes.ts';
import { badUserInput, limitExceeded } from '../errors.ts';
import { MatchFilter, MatchPattern } from '../match/match-input.ts';
import { parsePattern } from '../match/match-pattern.ts';
import type { NamedFilter, PatternInput } from '../match/pattern-input.ts';

const depthBounds = { least: 0, most: 3, usual: 1 };

/** Maximum number of entities that changes can be around. */
const MOST_AROUND = 10;

/** Which changes, by what they concern. */
export interface ScopeArguments extends ChangeArguments {
  readonly filter?: NamedFilter | null | undefined;
  readonly around?: readonly string[] | null | undefined;
  readonly depth?: number | null | undefined;
  readonly match?: PatternInput | null | undefined;
}

export const scopeArguments = part((base) => ({
  ...changeArguments(base),
  ...base.builder.args((t) => ({
    filter: t.field({
      type: MatchFilter(base),
      description:
        'Only changes to entities that meet conditions before or after them, and changes by which others begin or cease to meet them.',
    }),
    around: t.idList({
      description: `Only changes to these entities, to those within \`depth\` hops before or after, and to their relations. IDs or slugs, including those of deleted entities, at most ${MOST_AROUND}.`,
    }),
    depth: t.int({
      description: `Maximum number of hops from \`around\`, ${rangeOf(depthBounds)}; default ${depthBounds.usual}.`,
    }),
    match: t.field({
      type: MatchPattern(base),
      description:
        'Only changes to entities of a match of this pattern, and changes by which matches appear or disappear.',
    }),
  })),
}));

/** A pattern that can be found in earlier states, too. @throws GraphQLError BAD_USER_INPUT, LIMIT_EXCEEDED */
function watchedPattern(ontology: Ontology, match: PatternInput): Pattern {
  const pattern = parsePattern(ontology, match, true);
  const { required, optional, negated, alternatives } = pattern;
  const compared = [required, ...optional, ...negated, ...alternatives.flat()].flatMap(
    ({ comparisons }) => comparisons,
  );
  if (compared.every(({ left, right }) => isHeldValue(left) && isHeldValue(right))) return pattern;
  throw badUserInput(
    'The pattern of changes compares properties and counts of entities, and constants. Leave out differences, properties of relations, and values over a shape.',
  );
}

/** What arguments ask of each state. @throws GraphQLError BAD_USER_INPUT, LIMIT_EXCEEDED */
function questionsOf(ontology: Ontology, { filter, around, depth, match }: ScopeArguments): readonly Question[] {
  const questions: Question[] = [];
  if (filter) {
    const [name, conditions] = Object.entries(filter)[0] ?? [];
    const kind = ontology.kindNames.find((one) => ontology.kind(one).singular === name) ?? 'Entity';
    questions.push({ kind, filter: parseFilter(ontology, kind, conditions as FilterInput) });
  }
  if (typeof depth === 'number' && !around) throw badUserInput('`depth` is the distance from `around`. Pass both.');
  if (around) {
    if (around.length === 0) throw badUserInput('`around` must not be empty. Leave it out to include all.');
    if (around.length > MOST_AROUND) {
      throw limitExceeded(`\`around\` takes at most ${MOST_AROUND} ids; got ${around.length}.`);
    }
    questions.push({
      around: new NamedEntities(ontology).slugs(around),
      depth: within('depth', depth, depthBounds),
      relations: usuallyWalked(ontology),
    });
  }
  if (match) questions.push({ pattern: watchedPattern(ontology, match) });
  return questions;
}

/** The scope that arguments describe. @throws GraphQLError BAD_USER_INPUT, INVALID_CURSOR, LIMIT_EXCEEDED */
export function scopeOf(ontology: Ontology, args: ScopeArguments) {
  const { after, kinds, ids } = wantedOf(ontology, args);
  const scope: ChangeScope = { kinds, ids, questions: questionsOf(ontology, args) };
  return { after, scope };
}
