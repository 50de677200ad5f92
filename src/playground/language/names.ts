import { kindOf } from '../../drawing/words.ts';
import type { GraphSettings } from './graph-settings.ts';

type Names = Readonly<Record<string, string>>;

/** What a relation is called as a field of a kind. */
export function fieldNames({ kinds, labels }: GraphSettings, kind: string): Names {
  return Object.fromEntries(
    Object.entries(kinds[kind]?.fields ?? {}).flatMap(([name, { relation, isForward }]) => {
      const label = labels.relations[relation];
      const said = isForward ? label?.forward : (label?.backward ?? label?.forward);
      return said === undefined ? [] : [[name, said] as const];
    }),
  );
}

/** What names of the schema are called: kinds, relations, their fields, properties and values. */
export function namesOf(settings: GraphSettings): Names {
  const { kinds, labels } = settings;
  return {
    ...Object.assign({}, ...Object.keys(kinds).map((kind) => fieldNames(settings, kind))),
    ...Object.fromEntries(
      Object.entries(labels.relations).flatMap(([name, { verb }]) => (verb === undefined ? [] : [[name, verb]])),
    ),
    ...labels.properties,
    ...labels.values,
    ...Object.fromEntries(Object.entries(kinds).map(([kind, { one }]) => [kindOf(kind), one])),
  };
}
