import type { Pattern } from '../../engine/match/match-pattern.ts';
import { isSnapshotValue } from '../../history/memory/match-snapshot.ts';
import type { ChangeScope, WatchQuery } from '../../history/scope/change-scope.ts';
import type { Ontology } from '../../ontology/ontology.ts';
import { rangeOf, usuallyWalked, within } from '../arguments/walk-arguments.ts';
import { lazyType } from '../builder.ts';
import { depthBounds, MOST_AROUND, slugsAround } from '../changes/around.ts';
import { type ChangeArguments, changeArguments, wantedOf } from '../changes/changes.ts';
import { badUserInput } from '../errors.ts';
import { MatchFilter, MatchPattern } from '../match/match-input.ts';
import { parsePattern } from '../match/match-pattern.ts';
import { entityConditionsOf } from '../match/named-conditions.ts';
import type { NamedFilter, PatternInput } from '../match/pattern-input.ts';

/** Which changes, by what they concern. */
export interface ScopeArguments extends ChangeArguments {
  readonly filter?: NamedFilter | null | undefined;
  readonly around?: readonly string[] | null | undefined;
  readonly depth?: number | null | undefined;
  readonly match?: PatternInput | null | undefined;
}

export const scopeArguments = lazyType((base) => ({
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
  if (compared.every(({ left, right }) => isSnapshotValue(left) && isSnapshotValue(right))) return pattern;
  throw badUserInput(
    'The pattern of changes compares properties and counts of entities, and constants. Leave out differences, properties of relations, and values over a shape.',
  );
}

/** What arguments ask of each state. @throws GraphQLError BAD_USER_INPUT, LIMIT_EXCEEDED */
function questionsOf(ontology: Ontology, { filter, around, depth, match }: ScopeArguments): readonly WatchQuery[] {
  const questions: WatchQuery[] = [];
  if (filter) questions.push(...entityConditionsOf(ontology, [filter]));
  if (typeof depth === 'number' && !around) throw badUserInput('`depth` is the distance from `around`. Pass both.');
  if (around) {
    questions.push({
      around: slugsAround(ontology, around),
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
