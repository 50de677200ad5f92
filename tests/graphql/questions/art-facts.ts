import { readFileSync } from 'node:fs';
import type { RelationRecord } from '../../../src/ontology/records.ts';
import type { SeedRecord } from '../../setup/seeds.ts';
import { factsOf } from './facts.ts';

export const artSeeds = new URL('../../../examples/graphs/art-collection/seeds/', import.meta.url);

const read = <Content>(name: string): Content => JSON.parse(readFileSync(new URL(`${name}.json`, artSeeds), 'utf8'));

const files = {
  Artwork: 'artworks',
  Artist: 'artists',
  Movement: 'movements',
  Era: 'eras',
  Subject: 'subjects',
  Medium: 'media',
  Place: 'places',
} as const;

/** The artworks of the second graph, read without the product. */
export const art = factsOf(
  Object.fromEntries(Object.entries(files).map(([kind, file]) => [kind, read<readonly SeedRecord[]>(file)])),
  read<readonly RelationRecord[]>('relations'),
);

const { those, leads, narrower, from, to, record } = art;

export const artworks = (meets: (record: SeedRecord) => boolean = () => true) => those('Artwork', meets);
export const artists = (meets: (record: SeedRecord) => boolean = () => true) => those('Artist', meets);
export const ofClass = (name: string) => artworks((one) => one.classification === name);
export const women = artists((one) => one.gender === 'FEMALE');
/** A place and all within it. */
export const within = (place: string) => narrower('LIES_IN', place);
export const bornIn = (place: string) => artists(({ id }) => leads('BORN_IN', id, within(place)));
export const diedIn = (place: string) => artists(({ id }) => leads('DIED_IN', id, within(place)));
export const activeIn = (place: string) => artists(({ id }) => leads('ACTIVE_IN', id, within(place)));
export const madeBy = (makers: readonly string[]) => artworks(({ id }) => leads('MADE_BY', id, makers));
export const madeOf = (...media: readonly string[]) => artworks(({ id }) => leads('MADE_OF', id, media));
export const showing = (subject: string) => artworks(({ id }) => leads('DEPICTS', id, narrower('BROADER', subject)));
export const ofMovement = (movement: string) => artworks(({ id }) => leads('EXEMPLIFIES', id, [movement]));
export const associated = (movement: string) => artists(({ id }) => leads('ASSOCIATED_WITH', id, [movement]));
export const workCount = (artist: string) => from('MADE_BY', artist).length;
export const birthplace = (artist: string) => to('BORN_IN', artist);
export const numberOf = (slug: string, property: string) => record(slug)[property] as number | undefined;
