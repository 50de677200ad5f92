import { inWords, withoutArticle } from '../../../ontology/letter-case.ts';
import { memoize } from '../../../ontology/memoize.ts';
import type { Ontology } from '../../../ontology/ontology.ts';
import type { EnumerationName, Kind } from '../../../ontology/vocabulary.ts';
import { foldText } from '../folding.ts';
import { type Token, tokensOf } from './tokens.ts';

/** What a kind is called in questions, each as tokens. */
export const kindLabels = memoize(
  (ontology: Ontology): readonly { readonly kind: Kind; readonly label: readonly Token[] }[] =>
    ontology.kindNames.flatMap((kind) => {
      const { singular, plural, one, many, alsoCalled = [] } = ontology.kind(kind);
      const translated = Object.values(ontology.labels).flatMap(({ kinds }) => kinds?.[kind] ?? []);
      const labels = new Set([
        ...[inWords(singular), inWords(plural), withoutArticle(one), many, ...alsoCalled],
        ...translated.flatMap((label) => [label.one, label.many]),
      ]);
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

/** What a value of an enumeration is called: its name in words, and its labels in each language. */
function labelsOf({ labels }: Ontology, enumeration: EnumerationName, value: string): ReadonlySet<string> {
  const translated = Object.values(labels).flatMap(
    ({ values }) => values?.[`${enumeration}.${value}`] ?? values?.[value] ?? [],
  );
  return new Set([value.replaceAll('_', ' '), ...translated].map(foldText));
}

/** The values of enumerations that search takes as classes, for some kinds: one for each name that a value has. */
export const categoryValues = (ontology: Ontology, kinds: readonly Kind[]): readonly CategoryValue[] =>
  kinds.flatMap((kind) =>
    Object.entries(ontology.propertiesOf(kind)).flatMap(([property, { searched, enumeration, list }]) =>
      searched === 'category' && enumeration && !list
        ? Object.keys(ontology.enumeration(enumeration).values).flatMap((value) =>
            [...labelsOf(ontology, enumeration, value)].map((label) => {
              return { kind, property, value, label: tokensOf(label) };
            }),
          )
        : [],
    ),
  );
