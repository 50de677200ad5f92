import type { Pattern, PatternEntity, PatternPart, PatternRelation } from '../../engine/match/match-pattern.ts';
import type { Ontology } from '../../ontology/ontology.ts';
import { badUserInput, limitExceeded } from '../errors.ts';
import { limits } from '../limits.ts';
import { quoted } from './match-kinds.ts';
import { type Marked, type Outline, partsOf, type ShapeOutline } from './match-parts.ts';
import { namesInComparison, namesInValue, ValueReader } from './match-values.ts';
import type { ComparisonInput, NamedValueInput, PatternInput, ShapeInput } from './pattern-input.ts';

/** A shape of the input, with its relations read. */
export interface ReadShape {
  readonly of: 'anyOf' | 'noneOf' | 'values';
  readonly input: ShapeInput;
  /** The value that is over it. */
  readonly value: NamedValueInput | null;
  readonly relations: readonly PatternRelation[];
}

interface Structured {
  readonly ontology: Ontology;
  readonly entities: readonly PatternEntity[];
  readonly relations: readonly Marked[];
  /** Those of `anyOf`, then those of `noneOf`, then those that values are over. */
  readonly shapes: readonly ReadShape[];
  readonly distinct: boolean;
}

/** @throws GraphQLError BAD_USER_INPUT, LIMIT_EXCEEDED */
function checkNumbers({ where, values }: PatternInput, shapes: readonly ReadShape[]): void {
  const comparisons = [...(where ?? []), ...shapes.flatMap(({ input }) => input.where ?? [])];
  if (comparisons.length > limits.patternRelations) {
    throw limitExceeded(
      `\`where\` of a pattern and its shapes take at most ${limits.patternRelations} comparisons; got ${comparisons.length}.`,
    );
  }
  if ((values?.length ?? 0) > limits.namedValues) {
    throw limitExceeded(`\`values\` takes at most ${limits.namedValues} values; got ${values?.length}.`);
  }
}

/**
 * The parts of a pattern with their comparisons, its values, which entities differ, and which may swap places.
 * @throws GraphQLError BAD_USER_INPUT, LIMIT_EXCEEDED
 */
export function structureOf(
  input: PatternInput,
  { ontology, entities, relations, shapes, distinct }: Structured,
): Pattern {
  const { where, values, unordered, distinctFor } = input;
  checkNumbers(input, shapes);
  const positionsOf = (names: readonly string[]) =>
    names.flatMap((name) => {
      const position = entities.findIndex((entity) => entity.name === name);
      return position === -1 ? [] : [position];
    });
  const named = (comparisons: readonly ComparisonInput[]) => positionsOf(comparisons.flatMap(namesInComparison));
  const ofValues = (values ?? []).flatMap(({ is, over }) => (is && !over ? namesInValue(is) : []));
  const outlineOf = ({ input: shape, relations: own, value }: ReadShape): ShapeOutline => ({
    relations: own,
    named: [...named(shape.where ?? []), ...positionsOf(value?.is ? namesInValue(value.is) : [])],
  });
  const parts = partsOf(entities, {
    relations,
    named: [...named(where ?? []), ...positionsOf(ofValues)],
    joined: (where ?? []).flatMap((one) => (one.is === '=' && !one.orMissing ? [named([one])] : [])),
    shapes: shapes.map(outlineOf),
  });

  const reader = new ValueReader(ontology, entities);
  const plain = parts.required.relations;
  const entitiesIn = (part: Outline) => [...new Set([...parts.required.entities, ...part.entities])];
  const compared = (
    part: Outline,
    comparisons: readonly ComparisonInput[],
    where: string,
    relationsOfMatch: readonly PatternRelation[],
  ): PatternPart => {
    const visible = { where, entities: entitiesIn(part), relations: [...relationsOfMatch, ...part.relations] };
    return { ...part, comparisons: comparisons.map((comparison) => reader.comparison(comparison, visible)) };
  };
  // Values are computed of what is shown, and no longer know by which relations it was found.
  const shapeOf = (shape: ReadShape): PatternPart =>
    compared(
      parts.shapes[shapes.indexOf(shape)] as Outline,
      shape.input.where ?? [],
      `where\` of \`${shape.of}`,
      shape.of === 'values' ? [] : plain,
    );
  const those = (of: ReadShape['of']) => shapes.filter((shape) => shape.of === of);

  const defined = (values ?? []).map((value) => {
    const shape = shapes.find((each) => each.value === value);
    const over = shape ? shapeOf(shape) : null;
    return reader.define(
      value,
      {
        where: 'values',
        entities: over ? entitiesIn(over) : parts.required.entities,
        relations: over?.relations ?? [],
      },
      over,
    );
  });
  const bare = (part: Outline): PatternPart => ({ ...part, comparisons: [] });
  const alternatives = those('anyOf').map(shapeOf);
  return {
    entities,
    required: compared(parts.required, where ?? [], 'where', []),
    optional: parts.optional.map(bare),
    negated: [...parts.negated.map(bare), ...those('noneOf').map(shapeOf)],
    alternatives: alternatives.length > 0 ? [alternatives] : [],
    values: defined,
    ...differing(entities, parts.required.entities, { unordered, distinctFor }, distinct),
  };
}

/** Which entities differ, and which may swap places. */
function differing(
  entities: readonly PatternEntity[],
  required: readonly number[],
  { unordered, distinctFor }: Pick<PatternInput, 'unordered' | 'distinctFor'>,
  distinct: boolean,
): Pick<Pattern, 'distinct' | 'unordered'> {
  const requiredOf = (name: string) => {
    const position = required.find((at) => entities[at]?.name === name);
    if (position !== undefined) return position;
    const names = required.map((at) => quoted(entities[at]?.name ?? '')).join(', ');
    throw badUserInput(
      `\`unordered\` names ${quoted(name)}, which is not part of every match. The entities that are: ${names}.`,
    );
  };
  const swapping = (unordered ?? []).map((names) => {
    const positions = names.map(requiredOf);
    const kinds = new Set(positions.map((position) => entities[position]?.kind));
    if (names.length >= 2 && new Set(names).size === names.length && kinds.size === 1) return positions;
    throw badUserInput('Each list in `unordered` needs two or more different names of entities of one kind.');
  });
  const positionOf = (name: string) => {
    const position = entities.findIndex((entity) => entity.name === name);
    if (position !== -1) return position;
    throw badUserInput(`\`distinctFor\` names ${quoted(name)}, which is not in the pattern.`);
  };
  return {
    unordered: swapping,
    distinct: distinctFor ? distinctFor.map(positionOf) : distinct ? [...entities.keys()] : [],
  };
}
