import type { Kind } from '../../ontology/vocabulary.ts';
import { lazyTypeFor, type SchemaBase } from '../builder.ts';
import { limits } from '../limits.ts';
import { relationsTo } from '../names.ts';
import { type FieldBuilder, type InputRef, inputRef, operatorWords } from './operator-filters.ts';
import { orders } from './property-condition.ts';

type Target = Kind | 'Entity';

/** The input type of a filter of entities of a kind, or of any. */
export const filterRef = lazyTypeFor((base, target: Target) => inputRef(base, `${target}Filter`));

const quantified = {
  some: 'At least one matches; `{}` matches any.',
  none: 'None matches (true if there are none).',
  every: 'All match (true if there are none).',
  count: 'Number of matches.',
} as const;

const quantifiedBelowOne = {
  some: 'Directly below a relation to one: one is recorded, and it matches.',
  none: 'Directly below a relation to one: none is recorded, or it does not match.',
  every: 'Directly below a relation to one: it matches, or none is recorded.',
  count: 'Directly below a relation to one: number of matches, 0 or 1.',
} as const;

/** Conditions on how many related entities of a kind there are. */
const countFilterRef = lazyTypeFor((base, target: Target): InputRef => {
  const ref = inputRef(base, `${target}CountFilter`);
  ref.implement({
    description: 'Conditions on the number of matches, all of which must hold.',
    fields: (t) => ({
      ...Object.fromEntries(
        (['eq', 'ne', ...orders] as const).map((operator) => [
          operator,
          t.int({ description: operatorWords[operator] }),
        ]),
      ),
      filter: t.field({ type: filterRef(base, target), description: 'Counts only related entities that match.' }),
    }),
  });
  return ref;
});

const quantityFields = (
  base: SchemaBase,
  t: FieldBuilder,
  target: Target,
  { count, ...quantities }: Readonly<Record<keyof typeof quantified, string>> = quantified,
) => ({
  ...Object.fromEntries(
    Object.entries(quantities).map(([name, description]) => [
      name,
      t.field({ type: filterRef(base, target), description }),
    ]),
  ),
  count: t.field({ type: countFilterRef(base, target), description: count }),
});

/** Conditions on related entities of a kind: `some`, `none`, `every`, `count`. */
export const relationFilterRef = lazyTypeFor((base, target: Target): InputRef => {
  const ref = inputRef(base, `${target}RelationFilter`);
  ref.implement({
    description: 'Conditions on related entities, all of which must hold.',
    fields: (t) => quantityFields(base, t, target),
  });
  return ref;
});

/** Conditions on what a hierarchical relation reaches. */
export const transitiveFilterRef = lazyTypeFor((base, target: Target): InputRef => {
  const ref = inputRef(base, `${target}TransitiveFilter`);
  ref.implement({
    description:
      'Conditions on the entities that a hierarchy reaches in several steps, all of which must hold. Each counts once.',
    fields: (t) => ({
      ...quantityFields(base, t, target),
      minHops: t.int({ description: `Minimum number of steps, default 1; with 0, the entity itself counts, too.` }),
      maxHops: t.int({
        description: `Maximum number of steps, up to ${limits.hierarchyHops}. Default: any number.`,
      }),
    }),
  });
  return ref;
});

/** Only what a relation to one leads to is filtered without a quantifier. */
export function oneFields(base: SchemaBase, t: FieldBuilder, target: Target) {
  const { ontology } = base;
  if (!relationsTo(ontology, target).some(({ toOne }) => toOne)) return {};
  const fields = Object.entries(quantityFields(base, t, target, quantifiedBelowOne));
  return Object.fromEntries(fields.filter(([name]) => !Object.hasOwn(ontology.propertiesOf(target), name)));
}
