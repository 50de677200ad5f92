import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Kind } from '../../../src/cooperation/kinds.ts';
import { cooperation } from '../../../src/cooperation/ontology.ts';
import { type ModelPattern, matchesInSeeds, patternInput, relationsAt } from '../../setup/match-model.ts';
import { relatedIn } from '../../setup/model.ts';
import { runs } from '../../setup/runs.ts';
import { byCodePoint, type SeedRecord, seeds } from '../../setup/seeds.ts';
import { silkgraph } from '../../setup/silkgraph.ts';

const { propertiesOf, relationFieldsOf } = cooperation;

// The database plans each of these statements for the first time, on a machine that may be busy.
const server = silkgraph();

type Value = number | string | null;
type Row = Readonly<Record<string, SeedRecord | null>>;

/** A value of a pattern, as a client writes it, and its plain meaning, given the values before it. */
interface ModelValue {
  readonly as: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly isDate: boolean;
  readonly of: (row: Row, before: Readonly<Record<string, Value>>) => Value;
}

/** A partial date counts as its first day. */
const dayOf = (date: string) => Date.parse(`${date}${'-01'.repeat((10 - date.length) / 3)}T00:00:00Z`) / 86_400_000;

const propertiesWithValues = (kind: Kind) =>
  Object.entries(propertiesOf(kind)).filter(
    ([, { type, list }]) => !list && (type === 'int' || type === 'float' || type === 'date'),
  );

const kinds: readonly Kind[] = ['Lab', 'Country', 'Platform', 'Program', 'Park', 'Event', 'Indicator'];

/** Chains of two or three entities, from a few on. */
const patterns: fc.Arbitrary<ModelPattern> = fc
  .record({
    start: fc.constantFrom(...kinds),
    steps: fc.array(fc.nat(100), { minLength: 1, maxLength: 2 }),
    from: fc.nat(1000),
  })
  .map(({ start, steps, from }) => {
    const records = seeds.entities[start];
    const ids = Array.from({ length: 6 }, (_, index) => records[(from + 3 * index) % records.length]?.id ?? '');
    const entities: { as: string; kind: Kind; ids?: readonly string[] }[] = [
      { as: 'e0', kind: start, ids: [...new Set(ids)] },
    ];
    const relations = steps.flatMap((step) => {
      const near = entities.at(-1);
      const ends = near ? relationsAt(near.kind) : [];
      const end = ends[step % ends.length];
      if (!near || !end) return [];
      const far = { as: `e${entities.length}`, kind: end.other };
      entities.push(far);
      const named = end.end === 'from' ? { from: near.as, to: far.as } : { from: far.as, to: near.as };
      return [{ relation: end.relation, ...named }];
    });
    return { entities, relations, distinct: true };
  });

/** Values of the entities of a pattern: properties, numbers of relations and of shapes, and differences of those before. */
function valuesFor({ entities }: ModelPattern, choices: readonly number[]): readonly ModelValue[] {
  const values: ModelValue[] = [];
  for (const choice of choices) {
    const entity = entities[choice % entities.length];
    if (!entity) continue;
    const as = `v${values.length}`;
    const name = entity.as;
    const properties = propertiesWithValues(entity.kind);
    const [property, { type }] = properties[choice % properties.length] ?? ['', { type: 'text' }];
    const [earlier, later] = [values[choice % (values.length || 1)], values.at(-1)];
    const fields = [...relationFieldsOf(entity.kind).values()].filter(({ target }) => target !== 'Entity');
    const field = fields[choice % fields.length];
    if (choice % 3 === 0 && earlier && later && earlier.isDate === later.isDate) {
      const unit = earlier.isDate ? { unit: 'DAYS' } : {};
      values.push({
        as,
        input: { is: { difference: { of: { value: later.as }, from: { value: earlier.as }, ...unit } } },
        isDate: false,
        of: (_, before) => {
          const [of, from] = [before[later.as] ?? null, before[earlier.as] ?? null];
          if (of === null || from === null) return null;
          return earlier.isDate ? dayOf(String(of)) - dayOf(String(from)) : Number(of) - Number(from);
        },
      });
    } else if (choice % 3 === 1 && field) {
      values.push({
        as,
        input: { is: { as: name, count: field.name } },
        isDate: false,
        of: (row) => (row[name] ? relatedIn(row[name], field).length : null),
      });
    } else if (property) {
      values.push({
        as,
        input: { is: { as: name, property } },
        isDate: type === 'date',
        of: (row) => (row[name]?.[property] as Value | undefined) ?? null,
      });
    }
  }
  return values;
}

const comparators: Readonly<Record<string, (left: number, right: number) => boolean>> = {
  EQ: (left, right) => left === right,
  NE: (left, right) => left !== right,
  LT: (left, right) => left < right,
  LTE: (left, right) => left <= right,
  GT: (left, right) => left > right,
  GTE: (left, right) => left >= right,
};

const compared = (left: Value, right: Value) =>
  typeof left === 'string' ? byCodePoint(left, String(right)) : Number(left) - Number(right);

const questions = fc.record({
  pattern: patterns,
  choices: fc.array(fc.nat(10_000), { minLength: 1, maxLength: 4 }),
  comparison: fc.option(
    fc.record({
      left: fc.nat(10),
      is: fc.constantFrom(...Object.keys(comparators)),
      right: fc.nat(10),
      constant: fc.option(fc.constantFrom(0, 1, 2, 2020)),
      orMissing: fc.boolean(),
    }),
  ),
});

describe('values of random patterns', () => {
  it('are what their plain meaning is over the seeds, shown and compared with', async () => {
    let shown = 0;
    await fc.assert(
      fc.asyncProperty(questions, async ({ pattern, choices, comparison }) => {
        const values = valuesFor(pattern, choices);
        fc.pre(values.length > 0);
        const left = values[(comparison?.left ?? 0) % values.length];
        const others = values.filter(({ isDate }) => isDate === left?.isDate);
        const right = others[(comparison?.right ?? 0) % others.length];
        const isCompared = comparison !== null && left !== undefined && right !== undefined;
        const constant = isCompared && !left.isDate ? comparison.constant : null;
        const where = isCompared
          ? [
              {
                left: { value: left.as },
                is: comparison.is,
                right: constant === null ? { value: right.as } : { number: constant },
                orMissing: comparison.orMissing,
              },
            ]
          : [];
        const expected = matchesInSeeds(pattern)
          .map((row) => {
            const found: Record<string, Value> = {};
            for (const { as, of } of values) found[as] = of(row, found);
            return { slugs: pattern.entities.map(({ as }) => row[as]?.id ?? null), found };
          })
          .filter(({ found }) => {
            if (!isCompared) return true;
            const [one, other] = [found[left.as] ?? null, constant ?? found[right.as] ?? null];
            if (one === null || other === null) return comparison.orMissing;
            return comparators[comparison.is]?.(compared(one, other), 0) === true;
          });
        fc.pre(expected.length <= 100);
        const selected = [
          ...pattern.entities.map(({ as }) => `${as}: entity(as: "${as}") { slug }`),
          ...values.map(({ as }) => `${as}: value(of: "${as}")`),
        ];
        const { match } = await server.data(
          `query ($pattern: MatchPattern!) { match(pattern: $pattern, first: 100) { totalCount nodes { ${selected.join(' ')} } } }`,
          {
            pattern: {
              ...patternInput(pattern),
              values: values.map(({ as, input }) => ({ as, ...input })),
              ...(where.length > 0 && { where }),
            },
          },
        );
        shown += expected.length;
        expect(match.totalCount).toBe(expected.length);
        const texts = match.nodes.map((node: Record<string, { slug: string } | null>) =>
          JSON.stringify([
            pattern.entities.map(({ as }) => node[as]?.slug ?? null),
            Object.fromEntries(values.map(({ as }) => [as, node[as] ?? null])),
          ]),
        );
        const wanted = expected.map(({ slugs, found }) => JSON.stringify([slugs, found]));
        expect(texts.toSorted(byCodePoint)).toEqual(wanted.toSorted(byCodePoint));
      }),
      runs(60, 10),
    );
    // How many depends on chance; too few would mean that little was compared.
    expect(shown).toBeGreaterThan(runs(60, 10).numRuns);
  }, 240_000);
});
