import { computed } from '@preact/signals';
import { type KindStyle, styleOfKindAt } from '../../drawing/kind-styles.ts';
import { inWords, kindOf, numberInWords, plural } from '../../drawing/words.ts';
import { isChinese, queryNamed, settings, settingsOf } from '../settings/known.ts';
import type { Ontology, OntologyKind, OntologyRelation } from './answers.ts';
import { type Asked, ask } from './ask.ts';
import { arrived, awaited, singleResource } from './resource.ts';

/** The ontology with counts, loaded once. */
export const ontologyResource = singleResource(async () => {
  const { ontology } = await ask<{ ontology: Ontology }>({ query: queryNamed('ontology') });
  return ontology;
});

/** Sends a query, and waits for the ontology too: its names and order stand in what is shown of the answer. @throws AskError */
export async function askInOntology<Data>(asked: Asked): Promise<Data> {
  const ontology = awaited(ontologyResource()).catch(() => undefined);
  const [answer] = await Promise.all([ask<Data>(asked), ontology]);
  return answer;
}

const kinds = computed(() => {
  const found = arrived(ontologyResource())?.kinds ?? [];
  return new Map(found.map((kind): [string, OntologyKind] => [kind.kind, kind]));
});

const relations = computed(() => {
  const found = arrived(ontologyResource())?.relations ?? [];
  return new Map(found.map((relation): [string, OntologyRelation] => [relation.relation, relation]));
});

/** The place of each relation in the ontology, which puts first what says most. */
export const relationOrder = (): ReadonlyMap<string, number> =>
  new Map([...relations.value.keys()].map((relation, index) => [relation, index]));

const unknown: KindStyle = { light: '#6e6e6e', dark: '#b0b0b0', corners: [] };

/** Style of a kind, by its place in the ontology. Accepts `PAPER_MILL` and `PaperMill`. */
export function styleOfKind(kind: string): KindStyle {
  const index = Object.keys(settings().kinds).findIndex((name) => kindOf(name) === kindOf(kind));
  return index === -1 ? unknown : styleOfKindAt(index);
}

/** Definition of a kind, once the ontology is loaded. */
export const kindNamed = (kind: string): OntologyKind | undefined => kinds.value.get(kindOf(kind));

/** Definition of a relation, once the ontology is loaded. */
export const relationNamed = (relation: string): OntologyRelation | undefined => relations.value.get(relation);

/** Name of a kind in words: `paper mill`. */
export const kindInWords = (kind: string): string => settingsOf(kind)?.one ?? inWords(kindOf(kind));

/** Name of one or several entities of a kind: `paper mill`, `paper mills`. */
export const kindsInWords = (count: number, kind: string): string =>
  count === 1 ? kindInWords(kind) : (settingsOf(kind)?.many ?? plural(2, kindInWords(kind)));

/** `1 paper mill`, `3 paper mills`. */
export const countedKind = (count: number, kind: string): string =>
  isChinese()
    ? `${numberInWords(count)} 个${kindInWords(kind)}`
    : `${numberInWords(count)} ${kindsInWords(count, kind)}`;
