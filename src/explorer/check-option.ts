import type { Ontology } from '../ontology/ontology.ts';
import type { Kind } from '../ontology/vocabulary.ts';
import type { ExplorerOption } from './option.ts';
import { datesOf, fieldOf } from './traits.ts';

/** The properties that the option names, each with its kind. */
function namedProperties(option: ExplorerOption): readonly (readonly [Kind, string])[] {
  const { highlighted = {}, dates = {}, texts = {}, timeline, map } = option;
  const dots = timeline?.dots;
  const ofMap = map
    ? [map.code, ...Object.keys(map.columns ?? {}), ...(map.line ?? []).map(({ property }) => property)]
    : [];
  return [
    ...Object.entries(highlighted).map(([kind, { property }]) => [kind, property] as const),
    ...Object.entries(texts),
    ...Object.keys(dates).flatMap((kind) =>
      datesOf(option, kind).flatMap(({ property, basis }) =>
        [property, ...(basis ? [basis] : [])].map((name) => [kind, name] as const),
      ),
    ),
    ...ofMap.map((name) => [map?.kind ?? '', name] as const),
    ...(dots
      ? [dots.date, ...(dots.status ? [dots.status.property] : [])].map((name) => [dots.kind, name] as const)
      : []),
  ];
}

/** Checks that the ontology has what the option names. @throws Error if it does not */
export function checkOption(ontology: Ontology, option: ExplorerOption): void {
  const { names = {}, attributions = {}, introduction, timeline, map } = option;
  const kinds = [
    ...[names, attributions].flatMap(Object.keys),
    ...Object.values(introduction?.counts ?? {}).map(({ kind }) => kind),
    ...(timeline?.bars ?? []),
    ...(map ? [map.kind] : []),
  ];
  for (const kind of kinds) ontology.kind(kind);
  for (const [kind, property] of namedProperties(option)) {
    ontology.kind(kind);
    ontology.propertyOf(kind, property);
  }
  for (const { field } of [...(map?.counts ?? []), ...(map?.lists ?? [])]) fieldOf(ontology, map?.kind ?? '', field);
}
