import type { Kind } from '../../ontology/vocabulary.ts';
import type { Part } from './meanings.ts';
import type { Route } from './routes.ts';

/** Numbers that are compared, as filters have them. */
export type Operators = Readonly<Partial<Record<'eq' | 'gt' | 'gte' | 'lt' | 'lte', number>>>;

export interface ValuesCondition {
  readonly is: 'values';
  readonly property: string;
  values: readonly string[];
  readonly isText: boolean;
  readonly negated: boolean;
}

export type Condition =
  | ValuesCondition
  /** Words that name values of several properties mean any of them: `planned`. */
  | { readonly is: 'either'; readonly of: readonly ValuesCondition[]; readonly negated: boolean }
  | {
      readonly is: 'range';
      readonly property: string;
      readonly operators: Operators;
      readonly isDate: boolean;
      readonly negated: boolean;
    }
  | { readonly is: 'flag'; readonly property: string; readonly negated: boolean }
  | { readonly is: 'absent' | 'known'; readonly property: string }
  | { readonly is: 'text'; readonly text: string };

/** Entities of one kind that a question means, with all that it says of them. */
export interface Meant {
  readonly kind: Kind;
  readonly start: number;
  readonly end: number;
  /** Where single entities are meant: their slugs. */
  slugs: readonly string[];
  readonly conditions: Condition[];
  readonly related: Related[];
}

/** What a question says of the relations of entities. */
export interface Related {
  readonly to: Meant;
  readonly routes: readonly Route[];
  readonly role?: { readonly relation: string; readonly property: string; readonly value: string } | undefined;
  readonly negated: boolean;
  /** How many there must be. */
  readonly count?: Operators | undefined;
}

/** What a question asks for. */
export type Asked =
  | { readonly is: 'list' | 'count'; readonly of: Meant }
  | {
      readonly is: 'ranking';
      readonly of: Meant;
      readonly by: Related | { readonly property: string };
      readonly descending: boolean;
      readonly first: number;
    }
  | { readonly is: 'groups'; readonly of: Meant; readonly key: GroupKey }
  | { readonly is: 'entity'; readonly slug: string; readonly kind: Kind; readonly properties: readonly string[] }
  | { readonly is: 'paths'; readonly from: string; readonly to: string }
  | { readonly is: 'comparison'; readonly slugs: readonly string[] }
  | { readonly is: 'gaps'; readonly field: 'missing' | 'conflicts'; readonly kind: Kind | undefined }
  | { readonly is: 'search'; readonly text: string };

export interface GroupKey {
  readonly route: Route;
  /** The property at its end; the entity itself without one. */
  readonly property?: string | undefined;
  /** Whether dates are grouped by their years. */
  readonly byYear?: boolean;
}

/** What was made of a part of a question. */
export interface Understood {
  readonly part: Part;
  readonly as: 'KIND' | 'ENTITY' | 'VALUE' | 'RELATION' | 'PROPERTY' | 'TIME' | 'NUMBER' | 'GRAMMAR' | 'TEXT';
  /** What it stands for, in words or as the name of a part of the schema. */
  readonly means: string;
  readonly alternatives: readonly string[];
}

export interface Interpretation {
  readonly asked: Asked;
  readonly understood: readonly Understood[];
  /** Words that the answer does not depend on, though they may say something. */
  readonly leftOut: readonly Part[];
}
