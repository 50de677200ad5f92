import type { Ontology } from '../../ontology/ontology.ts';
import type { FieldSettings, Settings } from '../views/settings.ts';

/** A kind, as the page of answers names it and asks for it. */
export interface AnswerKind {
  readonly one: string;
  readonly many: string;
  /** Root field with its entities. */
  readonly field: string;
  /** Types of its properties; of one with fixed values, the enumeration. */
  readonly types: Readonly<Record<string, string>>;
  /** Its relations by field: where they lead, and whether from their start. */
  readonly relations: Readonly<Record<string, Pick<FieldSettings, 'relation' | 'target' | 'isForward'>>>;
}

/** What the page of answers knows of a graph, in one language. */
export interface AnswerSettings extends Pick<Settings, 'graphLanguage' | 'spelling'> {
  readonly labels: Omit<Settings['labels'], 'propertyDescriptions'>;
  /** By type name, in the order of the ontology. */
  readonly kinds: Readonly<Record<string, AnswerKind>>;
  /** Whether entities have places. */
  readonly hasPlaces: boolean;
}

/** What the page of answers knows of a graph: a part of what its explorer knows. */
export function answerSettings({ positioning }: Ontology, settings: Settings): AnswerSettings {
  const { graphLanguage, spelling, labels } = settings;
  const { propertyDescriptions: _, ...names } = labels;
  const kinds = Object.entries(settings.kinds).map(
    ([name, { fullOne: one, full: many, list, fields }]): [string, AnswerKind] => {
      const relations = Object.entries(fields).map(
        ([field, { relation, target, isForward }]) => [field, { relation, target, isForward }] as const,
      );
      return [name, { one, many, field: list.field, types: list.types, relations: Object.fromEntries(relations) }];
    },
  );
  return {
    ...{ graphLanguage, spelling },
    labels: names,
    kinds: Object.fromEntries(kinds),
    hasPlaces: positioning !== null,
  };
}
