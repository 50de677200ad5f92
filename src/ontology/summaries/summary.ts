import { isLanguage } from '../language/labels.ts';
import { dateInWords, listInWords, numberInWords, pluralOf } from '../language/locale.ts';
import { memoize } from '../memoize.ts';
import type { Ontology } from '../ontology.ts';
import type { Kind, Property } from '../vocabulary.ts';
import { type Wording, wordingOf } from '../wording.ts';
import { type Place, parseTemplate, placesIn, type Template } from './template.ts';

/** The field with the sentence. Its name says that no source wrote it. */
export const GENERATED_SUMMARY = 'generatedSummary';

/** Maximum number of entities or texts that a `list` names; of more, it names one less and counts the others. */
export const MOST_NAMED = 4;

/** The far ends of a relation, or the texts of a list. */
export interface Related {
  readonly total: number;
  /** Names of the first ones, in the language of the sentence. */
  readonly names: readonly string[];
}

/** The facts of one entity. */
export interface Facts {
  /** The value of a property; `null` or `undefined` if there is none. */
  value(property: string): unknown;
  /** What a relation leads to. Of more than `MOST_NAMED`, the first `MOST_NAMED` names suffice. */
  related(field: string, nameProperty: string): Related;
}

/** The templates of an ontology, by language and kind. */
const templatesOf = memoize(
  ({ summaries }: Ontology): ReadonlyMap<string, ReadonlyMap<Kind, Template>> =>
    new Map(
      Object.entries(summaries).map(([language, byKind]) => [
        language,
        new Map(Object.entries(byKind).map(([kind, text]) => [kind, parseTemplate(text)])),
      ]),
    ),
);

/** The languages that an ontology has templates in. */
export const languagesOfSummaries = ({ summaries }: Ontology): readonly string[] => Object.keys(summaries);

/** The property with the name of entities in a language. */
export function namePropertyIn(ontology: Ontology, language: string): string {
  const { sharedProperties } = ontology;
  const isName = ([, { searched, list, language: own }]: [string, Property]) =>
    searched === 'name' && !list && own === language;
  return Object.entries(sharedProperties).find(isName)?.[0] ?? 'name';
}

/** What the templates of a kind read, in any language. */
export interface NeededFacts {
  readonly properties: ReadonlySet<string>;
  /** Fields of relations, and whether names of their far ends are read, not their number alone. */
  readonly relations: ReadonlyMap<string, boolean>;
  /** The properties with names of entities. */
  readonly names: ReadonlySet<string>;
}

export function factsNeeded(ontology: Ontology, kind: Kind): NeededFacts {
  const fields = ontology.relationFieldsOf(kind);
  const used = [...templatesOf(ontology)].filter(([, byKind]) => byKind.has(kind));
  const places = used.flatMap(([, byKind]) => placesIn(byKind.get(kind) ?? []));
  const relations = new Map<string, boolean>();
  for (const { fact, choice } of places)
    if (fields.has(fact)) relations.set(fact, (relations.get(fact) ?? false) || choice !== 'plural');
  const names = new Set(['name', ...used.map(([language]) => namePropertyIn(ontology, language))]);
  return {
    properties: new Set([...places.map(({ fact }) => fact).filter((fact) => !fields.has(fact)), ...names]),
    relations,
    names,
  };
}

/** Fills in the template of one kind in one language. A part is `undefined` if one of its facts is missing. */
class Summary {
  readonly #ontology: Ontology;
  readonly #kind: Kind;
  readonly #language: string;
  readonly #wording: Wording;
  readonly #facts: Facts;

  constructor(ontology: Ontology, kind: Kind, language: string, facts: Facts) {
    this.#ontology = ontology;
    this.#kind = kind;
    this.#language = language;
    this.#wording = wordingOf(ontology, isLanguage(language) ? language : 'en');
    this.#facts = facts;
  }

  fill(template: Template, number?: number): string | undefined {
    let text = '';
    for (const piece of template) {
      const part = this.#part(piece, number);
      if (part === undefined) return undefined;
      text += part;
    }
    return text;
  }

  #part(piece: Template[number], number: number | undefined): string | undefined {
    if (typeof piece === 'string') return piece;
    if ('number' in piece) return number === undefined ? '#' : numberInWords(this.#language, number);
    if ('optional' in piece) return this.fill(piece.optional, number) ?? '';
    return this.#place(piece, number);
  }

  #place(place: Place, number: number | undefined): string | undefined {
    const { fact, choice, cases } = place;
    if (choice === 'select') {
      const value = this.#facts.value(fact);
      const chosen = cases[String(value)] ?? (value === null || value === undefined ? undefined : cases.other);
      return chosen && this.fill(chosen, number);
    }
    if (choice === 'plural') {
      const count = this.#count(fact);
      if (count === undefined) return undefined;
      const chosen =
        cases[`=${count}`] ?? (count === 0 ? undefined : (cases[pluralOf(this.#language, count)] ?? cases.other));
      return chosen && this.fill(chosen, count);
    }
    if (choice === 'list') return this.#list(this.#related(fact), cases.other ?? []);
    const { [fact]: property } = this.#ontology.propertiesOf(this.#kind);
    if (!property) return this.#related(fact).names[0];
    const value = fact === 'name' ? this.#name() : this.#facts.value(fact);
    return value === null || value === undefined ? undefined : this.#written(property, value);
  }

  #list({ total, names }: Related, others: Template): string | undefined {
    if (total === 0) return undefined;
    if (total <= MOST_NAMED) return listInWords(this.#language, names.slice(0, total));
    const named = names.slice(0, MOST_NAMED - 1);
    const rest = this.fill(others, total - named.length);
    return rest === undefined ? undefined : listInWords(this.#language, [...named, rest]);
  }

  #count(fact: string): number | undefined {
    const { [fact]: property } = this.#ontology.propertiesOf(this.#kind);
    if (!property || property.list) return this.#related(fact).total;
    const value = this.#facts.value(fact);
    return typeof value === 'number' ? value : undefined;
  }

  #related(fact: string): Related {
    const { [fact]: property } = this.#ontology.propertiesOf(this.#kind);
    if (!property) return this.#facts.related(fact, namePropertyIn(this.#ontology, this.#language));
    const items = (this.#facts.value(fact) ?? []) as readonly unknown[];
    return { total: items.length, names: items.map((item) => this.#written(property, item)) };
  }

  #name(): unknown {
    return this.#facts.value(namePropertyIn(this.#ontology, this.#language)) ?? this.#facts.value('name');
  }

  #written({ type, enumeration, timeOf }: Property, value: unknown): string {
    if (type === 'enumeration') return this.#wording.value(enumeration, String(value));
    if (type === 'date') return dateInWords(this.#language, String(value));
    if (typeof value === 'number' && !timeOf) return numberInWords(this.#language, value);
    return String(value);
  }
}

/**
 * The sentence on an entity that the template of its kind in a language makes from its facts; `null` if there is no template,
 * or a fact that it cannot do without is missing.
 */
export function summaryOf(ontology: Ontology, kind: Kind, language: string, facts: Facts): string | null {
  const template = templatesOf(ontology).get(language)?.get(kind);
  return (template && new Summary(ontology, kind, language, facts).fill(template)) ?? null;
}
