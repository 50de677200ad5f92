import { kebabCase } from '../../../ontology/letter-case.ts';
import { oncePer } from '../../../ontology/once-per.ts';
import type { Ontology } from '../../../ontology/ontology.ts';
import type { Kind } from '../../../ontology/vocabulary.ts';
import { foldText } from '../folding.ts';
import { type Token, tokensOf } from './tokens.ts';

const spaced = (name: string) => kebabCase(name).replaceAll('-', ' ');

/** What a kind is called in questions, each as tokens. */
export const kindLabels = oncePer(
  (ontology: Ontology): readonly { readonly kind: Kind; readonly label: readonly Token[] }[] =>
    ontology.kindNames.flatMap((kind) => {
      const { singular, plural, one, many, alsoCalled = [] } = ontology.kind(kind);
      const labels = new Set([spaced(singular), spaced(plural), one.replace(/^an? /, ''), many, ...alsoCalled]);
      const tokens = [...labels].map((label) => tokensOf(foldText(label)));
      // A plural is found by its singular.
      const bySingular = new Map(tokens.map((label) => [label.map((token) => token.singular).join(' '), label]));
      return [...bySingular.values()].map((label) => ({ kind, label }));
    }),
);

/** One value of an enumeration that is a class of its entities, and its name as tokens. */
export interface CategoryValue {
  readonly kind: Kind;
  readonly property: string;
  readonly value: string;
  readonly label: readonly Token[];
}

/** The values of enumerations that search takes as classes, for some kinds. */
export const categoryValues = (ontology: Ontology, kinds: readonly Kind[]): readonly CategoryValue[] =>
  kinds.flatMap((kind) =>
    Object.entries(ontology.propertiesOf(kind)).flatMap(([property, { searched, enumeration, list }]) =>
      searched === 'category' && enumeration && !list
        ? Object.keys(ontology.enumeration(enumeration).values).map((value) => {
            return { kind, property, value, label: tokensOf(foldText(value.replaceAll('_', ' '))) };
          })
        : [],
    ),
  );
