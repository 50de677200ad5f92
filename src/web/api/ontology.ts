import { computed } from '@preact/signals';
import { type Look, lookAt } from '../../drawing/looks.ts';
import { inWords, kindOf } from '../../drawing/words.ts';
import type { Ontology, OntologyKind, OntologyRelation } from './answers.ts';
import { ask } from './ask.ts';
import { queries } from './queries.ts';
import { arrived, singleResource } from './resource.ts';

/** The ontology with counts, loaded once. */
export const ontologyResource = singleResource(async () => {
  const { ontology } = await ask<{ ontology: Ontology }>({ query: queries.ontology });
  return ontology;
});

const kinds = computed(() => {
  const found = arrived(ontologyResource())?.kinds ?? [];
  return new Map(
    found.map((kind, index): [string, { kind: OntologyKind; look: Look }] => [
      kind.kind,
      { kind, look: lookAt(index) },
    ]),
  );
});

const relations = computed(() => {
  const found = arrived(ontologyResource())?.relations ?? [];
  return new Map(found.map((relation): [string, OntologyRelation] => [relation.relation, relation]));
});

const unknown: Look = { light: '#6e6e6e', dark: '#b0b0b0', corners: [] };

/** Style of a kind. Accepts `COUNTRY_GROUP` and `CountryGroup`. */
export const lookOf = (kind: string): Look => kinds.value.get(kindOf(kind))?.look ?? unknown;

/** Definition of a kind, once the ontology is loaded. */
export const kindNamed = (kind: string): OntologyKind | undefined => kinds.value.get(kindOf(kind))?.kind;

/** Definition of a relation, once the ontology is loaded. */
export const relationNamed = (relation: string): OntologyRelation | undefined => relations.value.get(relation);

/** Name of a kind in words: `country group`. */
export const kindInWords = (kind: string): string => inWords(kindOf(kind));

/** Values of an enumerated property of a kind, in order. */
export const valuesOf = (kind: string, property: string): readonly string[] =>
  kindNamed(kind)?.properties.find(({ name }) => name === property)?.values ?? [];
