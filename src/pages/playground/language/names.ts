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

/** What fields are called: each of its kind, and each that all kinds call the same. */
function namesOfFields(settings: GraphSettings): Names {
  const fields = Object.keys(settings.kinds).flatMap((kind) =>
    Object.entries(fieldNames(settings, kind)).map(([field, said]) => ({ kind, field, said })),
  );
  const isAlike = ({ field, said }: (typeof fields)[number]) =>
    fields.every((other) => other.field !== field || other.said === said);
  return Object.fromEntries([
    ...fields.filter(isAlike).map(({ field, said }) => [field, said]),
    ...fields.map(({ kind, field, said }) => [`${kind}.${field}`, said]),
  ]);
}

/** What names of the schema are called: kinds, relations, their fields, properties and values. */
export function namesOf(settings: GraphSettings): Names {
  const { kinds, labels } = settings;
  return {
    ...namesOfFields(settings),
    ...Object.fromEntries(
      Object.entries(labels.relations).flatMap(([name, { verb }]) => (verb === undefined ? [] : [[name, verb]])),
    ),
    ...labels.properties,
    ...labels.values,
    ...Object.fromEntries(Object.entries(kinds).map(([kind, { one }]) => [kindOf(kind), one])),
  };
}
