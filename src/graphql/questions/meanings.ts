import type { Kind, RelationType } from '../../ontology/vocabulary.ts';
import type { Sign } from './language/grammar-words.ts';

/** What words of a question may stand for. */
export type Meaning =
  | { readonly is: 'kind'; readonly kind: Kind }
  | { readonly is: 'entity'; readonly kind: Kind; readonly slug: string; readonly name: string; readonly share: number }
  /** One of some values of a property. */
  | {
      readonly is: 'value';
      readonly kind: Kind;
      readonly property: string;
      readonly values: readonly string[];
      readonly isText: boolean;
    }
  | { readonly is: 'relation'; readonly relation: RelationType; readonly toward?: 'forward' | 'backward' }
  /** A value of a property of a relation, such as a role. */
  | {
      readonly is: 'role';
      readonly relation: RelationType;
      readonly property: string;
      readonly value: string;
    }
  | { readonly is: 'property'; readonly kind: Kind; readonly property: string; readonly isTime: boolean }
  | { readonly is: 'sign'; readonly sign: Sign }
  | { readonly is: 'number'; readonly number: number }
  | { readonly is: 'year'; readonly year: number }
  | { readonly is: 'filler' };

export type Means<Is extends Meaning['is']> = Extract<Meaning, { readonly is: Is }>;

/** Words of a question that belong together, with all that they may stand for, surest first. */
export interface Part {
  readonly start: number;
  readonly end: number;
  readonly written: string;
  /** Empty where nothing is known by these words. */
  readonly meanings: readonly Meaning[];
}

/** What a part may stand for of one sort. */
export const meansOf = <Is extends Meaning['is']>({ meanings }: Part, is: Is): readonly Means<Is>[] =>
  meanings.filter((meaning): meaning is Means<Is> => meaning.is === is);

export const signOf = (part: Part): Sign | undefined => meansOf(part, 'sign')[0]?.sign;

export const isFiller = ({ meanings }: Part): boolean =>
  meanings.length > 0 && meanings.every(({ is }) => is === 'filler');
