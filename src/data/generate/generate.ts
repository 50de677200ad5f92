import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { enumerations } from '../../ontology/enumerations.ts';
import { edgePropertiesOf, kindsAt, propertiesOf } from '../../ontology/fields.ts';
import { type Kind, kindNames } from '../../ontology/kinds.ts';
import { kebabCase } from '../../ontology/letter-case.ts';
import { type RelationType, relations, relationTypes } from '../../ontology/relations.ts';
import type { Properties, Property, RelationDefinition } from '../../ontology/vocabulary.ts';
import { fileNameOf } from '../files/data-file.ts';
import { type Random, randomOf } from './random.ts';
import { syntheticName, syntheticPlace } from './synthetic-names.ts';

/** Sizes that have a name, as numbers of laboratories. */
export const scales: Readonly<Record<string, number>> = { small: 2_000, medium: 20_000, large: 200_000 };

export interface GenerateOptions {
  /** How many laboratories; the rest grows with them. */
  readonly labs: number;
  /** The folder to write to; files of an earlier run are overwritten. */
  readonly out: string;
  /** Another seed, another graph. @default 1 */
  readonly seed?: number | undefined;
  /** Is called with the number of records written to a file. */
  readonly report?: ((file: string, records: number) => void) | undefined;
}

/** A number of laboratories out of a number or the name of a scale. @throws RangeError */
export function labsOf(text: string): number {
  const labs = Object.hasOwn(scales, text) ? scales[text] : /^\d+$/.test(text) ? Number(text) : 0;
  if (labs && labs <= 10_000_000) return labs;
  throw new RangeError(
    `The number of labs must be from 1 to 10000000, or one of ${Object.keys(scales).join(', ')}; got ${text}.`,
  );
}

/**
 * Writes a synthetic graph as files that the importer reads: every kind and every relation of the ontology, in numbers
 * that grow with the laboratories, and a few countries, areas and institutions that very many others lead to. The same
 * options make the same bytes. Memory does not grow with the graph.
 */
export async function generate({ labs, out, seed = 1, report }: GenerateOptions): Promise<void> {
  const graph = { seed, counts: countsFor(labs) };
  await mkdir(out, { recursive: true });
  for (const kind of kindNames) await write(fileNameOf(kind), entitiesOf(graph, kind));
  await write('relations', relationsOf(graph));

  async function write(name: string, records: Iterable<object>) {
    const file = join(out, `${name}.jsonl`);
    let count = 0;
    function* lines() {
      let lines = '';
      for (const record of records) {
        lines += `${JSON.stringify(record)}\n`;
        count += 1;
        if (lines.length < 2 ** 16) continue;
        yield lines;
        report?.(file, count);
        lines = '';
      }
      yield lines;
    }
    await pipeline(Readable.from(lines()), createWriteStream(file));
    report?.(file, count);
  }
}

interface SyntheticGraph {
  readonly seed: number;
  readonly counts: Readonly<Record<Kind, number>>;
}

/** Other kinds grow with the laboratories up to the medium scale, and more slowly beyond. */
function countsFor(labs: number): Record<Kind, number> {
  const medium = 20_000;
  const growth = labs <= medium ? labs / medium : (labs / medium) ** 0.55;
  const grown = (atMedium: number, least: number) => Math.max(least, Math.round(atMedium * growth));
  return {
    Country: 200,
    CountryGroup: 20,
    Lab: labs,
    Institution: grown(5_000, 12),
    Area: Math.max(24, Math.round(3.5 * Math.sqrt(labs))),
    Platform: grown(1_000, 4),
    Program: grown(2_000, 6),
    Park: grown(1_000, 4),
    Event: grown(6_000, 6),
    Indicator: grown(15_000, 12),
    Source: grown(41_000, 30),
  };
}

const TOP_AREAS = 10;

const slugOf = (kind: Kind, index: number) =>
  kind === 'Country' ? codeOf(index).toLowerCase() : `${kebabCase(kind)}-${index + 1}`;
const codeOf = (index: number) => String.fromCharCode(65 + Math.floor(index / 26), 65 + (index % 26));

function* entitiesOf({ seed, counts }: SyntheticGraph, kind: Kind): Generator<object> {
  for (let index = 0; index < counts[kind]; index += 1) {
    const random = randomOf(seed, kind, index);
    const [name, nameZh] = syntheticName(kind, index, random);
    const values = randomValues(propertiesOf(kind), random, counts);
    yield {
      id: slugOf(kind, index),
      ...values,
      name,
      ...(values.nameZh === undefined ? {} : { nameZh }),
      ...ownValues(kind, index, random),
    };
  }
}

/** What a kind has to be consistent in. */
function ownValues(kind: Kind, index: number, random: Random): object {
  if (kind === 'Area') return { keyArea: index < 6, topArea: index < TOP_AREAS };
  if (kind === 'Country')
    return { code: codeOf(index), codeAlpha3: `${codeOf(index)}X`, codeNumeric: String(index + 1).padStart(3, '0') };
  if (kind !== 'Event') return {};
  const startDate = day(2013 + random.below(13), random);
  const lastDay = Math.min(28, Number(startDate.slice(8)) + random.below(4));
  const endDate = `${startDate.slice(0, 8)}${String(lastDay).padStart(2, '0')}`;
  return { startDate, endDate, year: Number(startDate.slice(0, 4)) };
}

function randomValues(
  properties: Properties,
  random: Random,
  counts: SyntheticGraph['counts'],
): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const [name, property] of Object.entries(properties)) {
    if (!property.required && !random.chance(0.5)) continue;
    const value = () => randomValue(name, property, random, counts);
    values[name] = property.list ? Array.from({ length: 1 + random.below(2) }, value) : value();
  }
  return values;
}

/** Dates that end something lie after all that begin something. */
const endings = ['ended', 'until', 'briExitDate'];

function randomValue(name: string, property: Property, random: Random, counts: SyntheticGraph['counts']): unknown {
  switch (property.type) {
    case 'int':
      return /year/i.test(name) ? 2013 + random.below(13) : 1 + random.rank(60);
    case 'float':
      return Math.round(10 ** (1 + random.next() * 6));
    case 'boolean':
      return random.chance(0.5);
    case 'date':
      return day((endings.includes(name) ? 2026 : 2013) + random.below(13), random).slice(
        0,
        random.pick([10, 10, 7, 4]),
      );
    case 'enumeration':
      return chooseFrom(property, random);
    case 'url':
      return `https://example.org/${random.below(2 ** 31)}`;
    case 'text':
      if (name === 'language') return random.pick(['zh', 'en']);
      return /cit(y|ies)|capital|locality|province/i.test(name) ? syntheticPlace(random)[0] : phrase(random);
    case 'milestones':
      return Array.from({ length: 1 + random.below(3) }, () => ({
        date: day(2013 + random.below(13), random),
        text: phrase(random),
        source: slugOf('Source', random.below(counts.Source)),
      }));
  }
}

function chooseFrom({ enumeration }: Property, random: Random): string | undefined {
  const names = enumeration ? Object.keys(enumerations[enumeration].values) : [];
  return names[random.rank(names.length)];
}

const day = (year: number, random: Random) =>
  [year, 1 + random.below(12), 1 + random.below(28)].map((part) => String(part).padStart(2, '0')).join('-');

const words = [
  'research',
  'cooperation',
  'technology',
  'training',
  'água',
  'energy',
  'crops',
  '合作',
  'health',
  'data',
] as const;
const phrase = (random: Random) => Array.from({ length: 2 + random.below(5) }, () => random.pick(words)).join(' ');

/** Average number of relations of a type per start entity, if it is not one. */
const averages = ({ Lab, Program, Country }: SyntheticGraph['counts']): Partial<Record<RelationType, number>> => ({
  PARTNERS_WITH: 1.4,
  PARTNERS_WITH_GROUP: 0.1,
  HOSTED_BY: 2.4,
  RESEARCHES: 3,
  UNIT_OF: 0.2,
  SERVES: 3,
  MEMBER_OF: 2,
  PARTICIPATES_IN: Math.max(1, (10 * Program) / Country),
  COVERS: 3,
  PART_OF: 0.5,
  SUPPORTS_LAB: Math.max(1, (0.5 * Lab) / Program),
  STATED_AT: 0.5,
  ANNOUNCED: 0.5,
  CONCERNS_PLATFORM: 0.2,
  POSSIBLY_SAME_AS: 0.02,
  CITES: 1.8,
});

/** The share of a relation's beginnings that lead to the first of its targets. */
const hubs: Partial<Record<RelationType, number>> = { RESEARCHES: 0.75, BASED_IN: 0.4 };

/** Targets that are each reached about as often as the others. */
const evenly: readonly Kind[] = ['Lab', 'Source', 'Event'];

function* relationsOf(graph: SyntheticGraph): Generator<object> {
  for (const type of relationTypes)
    for (const kind of kindsAt(type, 'from'))
      for (let index = 0; index < graph.counts[kind]; index += 1) yield* relationsFrom(graph, type, kind, index);
}

function* relationsFrom(
  { seed, counts }: SyntheticGraph,
  type: RelationType,
  kind: Kind,
  index: number,
): Generator<object> {
  const { to, toOne }: RelationDefinition<Kind> = relations[type];
  const random = randomOf(seed, `${type} ${kind}`, index);
  const average = averages(counts)[type] ?? (type.startsWith('MEASURES') ? 0.15 : 0.9);
  // Among themselves, entities lead to earlier ones only: so there is no circle, and no pair twice.
  const targets = to === kind ? index : counts[to];
  const wished = Math.floor(average) + (random.chance(average % 1) ? 1 : 0);
  const number = Math.min(toOne ? 1 : wished, wished, Math.floor(targets / 2) + 1);
  if (targets === 0 || (type === 'BROADER' && index < TOP_AREAS)) return;

  const chosen = new Set<number>();
  if (number > 0 && random.chance(hubs[type] ?? 0)) chosen.add(0);
  for (let tries = 0; chosen.size < number && tries < 3 * number; tries += 1)
    chosen.add(evenly.includes(to) && random.chance(0.9) ? random.below(targets) : random.rank(targets));
  for (const target of chosen) {
    const properties = randomValues(edgePropertiesOf(type), random, counts);
    const sources = type !== 'CITES' && random.chance(0.1) ? [slugOf('Source', random.below(counts.Source))] : [];
    yield {
      type,
      from: slugOf(kind, index),
      to: slugOf(to, target),
      ...(Object.keys(properties).length > 0 ? { properties } : {}),
      ...(sources.length > 0 ? { sources } : {}),
    };
  }
}
