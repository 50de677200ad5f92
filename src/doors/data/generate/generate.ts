import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Ontology } from '../../../ontology/ontology.ts';
import type { Kind, Properties, Property, RelationType } from '../../../ontology/vocabulary.ts';
import { fileNameOf } from '../files/data-file.ts';
import { dayIn, type Random, randomOf } from './random.ts';
import { syntheticPlace } from './synthetic-names.ts';
import { anyShape, type SyntheticShape } from './synthetic-shape.ts';

/** Entities at the top of a hierarchy. */
export const TOPS = 10;

/** Sizes that have a name, as numbers of laboratories. */
export const scales: Readonly<Record<string, number>> = { small: 2_000, medium: 20_000, large: 200_000 };

export interface GenerateOptions {
  /** How many laboratories; the rest grows with them. */
  readonly labs: number;
  /** The folder to write to; files of an earlier run are overwritten. */
  readonly out: string;
  /** What the records are like. @default alike for all kinds */
  readonly shape?: SyntheticShape | undefined;
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
export async function generate(
  ontology: Ontology,
  { labs, out, shape = anyShape(ontology), seed = 1, report }: GenerateOptions,
): Promise<void> {
  const { kindNames } = ontology;
  const counts = new Map(kindNames.map((kind) => [kind, shape.countOf(kind, labs)]));
  const graph = { ontology, shape, seed, countOf: (kind: Kind) => counts.get(kind) ?? 0 };
  await mkdir(out, { recursive: true });
  for (const kind of kindNames) await write(fileNameOf(ontology, kind), entitiesOf(graph, kind));
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
  readonly ontology: Ontology;
  readonly shape: SyntheticShape;
  readonly seed: number;
  readonly countOf: (kind: Kind) => number;
}

function* entitiesOf(graph: SyntheticGraph, kind: Kind): Generator<object> {
  const { ontology, shape, seed, countOf } = graph;
  const count = countOf(kind);
  for (let index = 0; index < count; index += 1) {
    const random = randomOf(seed, kind, index);
    const [name, nameZh] = shape.nameOf(kind, index, random);
    const values = randomValues(graph, ontology.propertiesOf(kind), random);
    yield {
      id: shape.slugOf(kind, index),
      ...values,
      name,
      ...(typeof values.nameZh === 'string' ? { nameZh } : {}),
      ...shape.ownValues(kind, index, random),
    };
  }
}

/** Identifiers and places are made apart. */
const isOfTrait = ({ type }: Property): boolean => type === 'identifiers' || type === 'locations';

function randomValues(graph: SyntheticGraph, properties: Properties, random: Random): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const [name, property] of Object.entries(properties)) {
    if (!property.required && !random.chance(0.5)) continue;
    const value = () => randomValue(graph, name, properties, property, random);
    if (isOfTrait(property) || property.followsFrom !== undefined) continue;
    values[name] = property.list ? Array.from({ length: 1 + random.below(2) }, value) : value();
  }
  return values;
}

const YEARS = 13;

/** The first of the years that a date may be in: dates that are never before another one lie after all of its years. */
function firstYear(properties: Properties, { notBefore }: Property, later = 0): number {
  const other = notBefore === undefined ? undefined : properties[notBefore];
  // Dates that are never before each other would be a circle.
  if (!other || later > Object.keys(properties).length) return 2013 + YEARS * later;
  return firstYear(properties, other, later + 1);
}

function randomValue(
  { ontology, shape, countOf }: SyntheticGraph,
  name: string,
  properties: Properties,
  property: Property,
  random: Random,
): unknown {
  const { provenance } = ontology;
  switch (property.type) {
    case 'int':
      return /year/i.test(name) ? 2013 + random.below(YEARS) : 1 + random.rank(60);
    case 'float':
      return Math.round(10 ** (1 + random.next() * 6));
    case 'boolean':
      return random.chance(0.5);
    case 'date':
      return dayIn(firstYear(properties, property) + random.below(YEARS), random).slice(0, random.pick([10, 10, 7, 4]));
    case 'enumeration':
      return chooseFrom(ontology, property, random);
    case 'url':
      return `https://example.org/${random.below(2 ** 31)}`;
    case 'text':
      if (name === 'language') return random.pick(['zh', 'en']);
      return /cit(y|ies)|capital|locality|province/i.test(name) ? syntheticPlace(random)[0] : phrase(random);
    case 'identifiers':
    case 'locations':
      return undefined;
    case 'milestones':
      return Array.from({ length: 1 + random.below(3) }, () => ({
        date: dayIn(2013 + random.below(YEARS), random),
        text: phrase(random),
        ...(provenance ? { source: shape.slugOf(provenance.kind, random.below(countOf(provenance.kind))) } : {}),
      }));
  }
}

function chooseFrom(ontology: Ontology, { enumeration }: Property, random: Random): string | undefined {
  const names = enumeration ? Object.keys(ontology.enumeration(enumeration).values) : [];
  return names[random.rank(names.length)];
}

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

function* relationsOf(graph: SyntheticGraph): Generator<object> {
  const { relationTypes, kindsAt } = graph.ontology;
  for (const type of relationTypes)
    for (const kind of kindsAt(type, 'from'))
      for (let index = 0; index < graph.countOf(kind); index += 1) yield* relationsFrom(graph, type, kind, index);
}

function* relationsFrom(graph: SyntheticGraph, type: RelationType, kind: Kind, index: number): Generator<object> {
  const { ontology, shape, seed, countOf } = graph;
  const { provenance } = ontology;
  const { to, toOne, hierarchical } = ontology.relation(type);
  const random = randomOf(seed, `${type} ${kind}`, index);
  const average = shape.averageOf(type, countOf(kind), countOf(to));
  // Among themselves, entities lead to earlier ones only: so there is no circle, and no pair twice.
  const targets = to === kind ? index : countOf(to);
  const wished = Math.floor(average) + (random.chance(average % 1) ? 1 : 0);
  const number = Math.min(toOne ? 1 : wished, wished, Math.floor(targets / 2) + 1);
  if (targets === 0 || (hierarchical && index < TOPS)) return;

  const chosen = new Set<number>();
  if (number > 0 && random.chance(shape.shareOfHub(type))) chosen.add(0);
  for (let tries = 0; chosen.size < number && tries < 3 * number; tries += 1)
    chosen.add(shape.hasEvenTargets(to) && random.chance(0.9) ? random.below(targets) : random.rank(targets));
  for (const target of chosen) {
    const properties = randomValues(graph, ontology.edgePropertiesOf(type), random);
    const sources =
      provenance && type !== provenance.relation && random.chance(0.1)
        ? [shape.slugOf(provenance.kind, random.below(countOf(provenance.kind)))]
        : [];
    yield {
      type,
      from: shape.slugOf(kind, index),
      to: shape.slugOf(to, target),
      ...(Object.keys(properties).length > 0 ? { properties } : {}),
      ...(sources.length > 0 ? { sources } : {}),
    };
  }
}
