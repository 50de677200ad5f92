import { computed } from '@preact/signals';
import { type Look, lookAt } from '../../drawing/looks.ts';
import { inWords, kindOf, plural } from '../../drawing/words.ts';
import { queryNamed, settingsOf } from '../settings/known.ts';
import type { Ontology, OntologyKind, OntologyRelation } from './answers.ts';
import { ask } from './ask.ts';
import { arrived, singleResource } from './resource.ts';

/** The ontology with counts, loaded once. */
export const ontologyResource = singleResource(async () => {
  const { ontology } = await ask<{ ontology: Ontology }>({ query: queryNamed('ontology') });
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

/** Style of a kind. Accepts `PAPER_MILL` and `PaperMill`. */
export const lookOf = (kind: string): Look => kinds.value.get(kindOf(kind))?.look ?? unknown;

/** Definition of a kind, once the ontology is loaded. */
export const kindNamed = (kind: string): OntologyKind | undefined => kinds.value.get(kindOf(kind))?.kind;

/** Definition of a relation, once the ontology is loaded. */
export const relationNamed = (relation: string): OntologyRelation | undefined => relations.value.get(relation);

/** Name of a kind in words: `paper mill`. */
export const kindInWords = (kind: string): string => settingsOf(kind)?.one ?? inWords(kindOf(kind));

/** Name of one or several entities of a kind: `paper mill`, `paper mills`. */
export const kindsInWords = (count: number, kind: string): string =>
  count === 1 ? kindInWords(kind) : (settingsOf(kind)?.many ?? plural(2, kindInWords(kind)));

/** `1 paper mill`, `3 paper mills`. */
export const countedKind = (count: number, kind: string): string =>
  `${count.toLocaleString('en')} ${kindsInWords(count, kind)}`;
