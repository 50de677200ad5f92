import { type SeedRecord, seeds } from '../../setup/seeds.ts';
import { type EvaluatedQuestion, type Expected, factsOf } from './facts.ts';

export const { those, to, from, edgesTo, narrower, leads, record } = factsOf(seeds.entities, seeds.relations);

export const countries = (meets: (record: SeedRecord) => boolean) => those('Country', meets);
export const inRegion = (region: string) => countries((one) => one.region === region);
export const inSubregion = (...names: readonly string[]) => countries((one) => names.includes(String(one.subregion)));
export const inPart = (name: string) => countries((one) => one.intermediateRegion === name);
export const members = (group: string) => from('MEMBER_OF', group);
export const area = (slug: string) => narrower('BROADER', slug);
export const labsIn = (places: readonly string[]) => those('Lab', ({ id }) => leads('PARTNERS_WITH', id, places));
export const labsWithGroup = (group: string) =>
  those('Lab', ({ id }) => leads('PARTNERS_WITH', id, members(group)) || leads('PARTNERS_WITH_GROUP', id, [group]));
export const labsOn = (slug: string) => those('Lab', ({ id }) => leads('RESEARCHES', id, area(slug)));
export const both = (left: readonly string[], right: readonly string[]) => left.filter((one) => right.includes(one));
export const except = (left: readonly string[], right: readonly string[]) => left.filter((one) => !right.includes(one));
export const institutionsIn = (places: readonly string[]) =>
  those('Institution', ({ id }) => leads('BASED_IN', id, places));
export const ofType = (kind: string, type: string) => those(kind, (one) => one.type === type);
export const status = (name: string) => countries((one) => one.briStatus === name);
export const designated = those('Lab', (one) => one.designation === 'BELT_AND_ROAD_JOINT_LABORATORY');
export const withLabs = countries(({ id }) => from('PARTNERS_WITH', id).length > 0);
export const allCountries = countries(() => true);
export const labCount = (country: string) => from('PARTNERS_WITH', country).length;
export const most = (all: readonly string[], count: (slug: string) => number) => {
  const top = Math.max(...all.map(count));
  return all.filter((slug) => count(slug) === top);
};
export const year = (kind: string, property: string, meets: (year: number) => boolean) =>
  those(kind, (one) => typeof one[property] === 'number' && meets(one[property]));
export const grouped = (kind: string, keysOf: (slug: string) => readonly (string | undefined)[]) => {
  const groups: Record<string, number> = {};
  for (const slug of those(kind)) {
    for (const key of new Set(keysOf(slug))) if (key !== undefined) groups[key] = (groups[key] ?? 0) + 1;
  }
  return groups;
};
export const text = (value: unknown) => (value === undefined ? undefined : String(value));

export const entities = (all: readonly string[]): Expected => ({ entities: all });
export const number = (value: number): Expected => ({ number: value });
export const ask =
  (language: 'en' | 'zh', of: string) =>
  (question: string, expected: Expected): EvaluatedQuestion => ({
    ...{ language, of, question, expected },
  });
