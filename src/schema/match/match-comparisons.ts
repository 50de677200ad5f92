import type { ComparedValue, Pattern, PatternEntity } from '../../graph/match/match-pattern.ts';
import type { Ontology } from '../../ontology/ontology.ts';
import { isListed } from '../../ontology/vocabulary.ts';
import { badUserInput, limitExceeded } from '../errors.ts';
import { limits } from '../limits.ts';
import { quoted } from './match-kinds.ts';
import type { ComparedInput, PatternInput } from './pattern-input.ts';

/** The kind of value that something is compared as: values of different ones have no order. */
interface Measured {
  readonly value: ComparedValue;
  readonly type: string;
  readonly name: string;
}

/** The entities of the required part by name. */
class Compared {
  readonly #ontology: Ontology;
  readonly #entities: readonly PatternEntity[];
  readonly #required: readonly number[];

  constructor(ontology: Ontology, entities: readonly PatternEntity[], required: readonly number[]) {
    this.#ontology = ontology;
    this.#entities = entities;
    this.#required = required;
  }

  position(where: string, name: string): number {
    const position = this.#required.find((at) => this.#entities[at]?.name === name);
    if (position !== undefined) return position;
    const names = this.#required.map((at) => quoted(this.#entities[at]?.name ?? '')).join(', ');
    throw badUserInput(
      `\`${where}\` names ${quoted(name)}, which is not part of every match. The entities that are: ${names}.`,
    );
  }

  measure({ as, property, count }: ComparedInput): Measured {
    const entity = this.position('where', as);
    const kind = this.#entities[entity]?.kind ?? 'Entity';
    const name = `${as}.${property ?? count ?? ''}`;
    if ((property === null || property === undefined) === (count === null || count === undefined)) {
      throw badUserInput(`A comparison needs either \`property\` or \`count\` of ${quoted(as)}. Give one of the two.`);
    }
    if (typeof count === 'string') {
      const field = this.#ontology.relationFieldsOf(kind).get(count);
      if (field) return { value: { entity, relation: field }, type: 'number', name };
      const known = [...this.#ontology.relationFieldsOf(kind).keys()].join(', ');
      throw badUserInput(`${quoted(as)} has no relation field ${quoted(count)}. Its kind, ${kind}, has ${known}.`);
    }
    const properties = this.#ontology.propertiesOf(kind);
    const found = Object.hasOwn(properties, String(property)) ? properties[String(property)] : undefined;
    const comparable = Object.entries(properties).flatMap(([each, other]) =>
      other.list || isListed(other) ? [] : [each],
    );
    if (!found || !comparable.includes(String(property))) {
      throw badUserInput(
        `${quoted(as)} has no single-valued property ${quoted(String(property))}. Its kind, ${kind}, has ${comparable.join(', ')}.`,
      );
    }
    const type = found.type === 'int' || found.type === 'float' ? 'number' : (found.enumeration ?? found.type);
    return { value: { entity, property: String(property) }, type, name };
  }
}

/**
 * What the pattern says about its entities beside shapes: comparisons, which ones differ, and which may swap places.
 * @throws GraphQLError BAD_USER_INPUT, LIMIT_EXCEEDED
 */
export function comparedIn(
  ontology: Ontology,
  { where, unordered, distinctFor }: PatternInput,
  entities: readonly PatternEntity[],
  required: readonly number[],
  distinct: boolean,
): Pick<Pattern, 'comparisons' | 'distinct' | 'unordered'> {
  const compared = new Compared(ontology, entities, required);
  if ((where?.length ?? 0) > limits.patternRelations) {
    throw limitExceeded(`\`where\` takes at most ${limits.patternRelations} comparisons; got ${where?.length}.`);
  }
  const comparisons = (where ?? []).map(({ left, is, right }) => {
    const [one, other] = [compared.measure(left), compared.measure(right)];
    if (one.type !== other.type) {
      throw badUserInput(
        `${quoted(one.name)} is of type ${one.type} and ${quoted(other.name)} of type ${other.type}, which cannot be compared. Compare values of one type.`,
      );
    }
    const isOrdered = one.type === 'number' || one.type === 'date' || one.type === 'text';
    if (!isOrdered && is !== '=' && is !== '<>') {
      throw badUserInput(`Values of type ${one.type} have no order. Compare ${quoted(one.name)} with EQ or NE.`);
    }
    return { left: one.value, is, right: other.value };
  });
  for (const names of unordered ?? []) {
    const kinds = names.map((name) => entities[compared.position('unordered', name)]?.kind);
    if (names.length < 2 || new Set(names).size < names.length || new Set(kinds).size > 1) {
      throw badUserInput('Each list in `unordered` needs two or more different names of entities of one kind.');
    }
  }
  const positionOf = (name: string) => {
    const position = entities.findIndex((entity) => entity.name === name);
    if (position !== -1) return position;
    throw badUserInput(`\`distinctFor\` names ${quoted(name)}, which is not in the pattern.`);
  };
  return {
    comparisons,
    unordered: (unordered ?? []).map((names) => names.map((name) => compared.position('unordered', name))),
    distinct: distinctFor ? distinctFor.map(positionOf) : distinct ? [...entities.keys()] : [],
  };
}
