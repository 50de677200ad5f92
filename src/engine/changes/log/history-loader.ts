import DataLoader from 'dataloader';
import neo4j, { type Integer } from 'neo4j-driver';
import { getOrInsert } from '../../../ontology/get-or-insert.ts';
import type { Graph } from '../../graph/graph.ts';
import type { Statement } from '../../graph/statement.ts';
import type { Change } from '../change.ts';
import { changeOf, type StoredChange } from './change-log.ts';
import { changesBy, entityProperties, firstOf } from './changes-by.ts';

/** A page of what happened to an entity. */
export interface HistoryPage {
  readonly slug: string;
  /** Only changes before this sequence. */
  readonly before?: number | undefined;
  readonly first: number;
}

/** Reads the history of entities for one request: those requested at the same time share a statement. */
export interface HistoryLoader {
  /** The changes to an entity and to relations at either end of it, newest first. @throws GraphError */
  read(page: HistoryPage): Promise<readonly Change[]>;
  /** How many there are, up to a sequence where it is given. @throws GraphError */
  count(slug: string, until?: number): Promise<number>;
}

interface HistoriesParameters {
  readonly slugs: readonly string[];
  readonly before: Integer;
  readonly first: Integer;
}

const histories: Statement<HistoriesParameters, readonly [slug: string, changes: readonly StoredChange[]]> = {
  name: 'histories',
  text: `UNWIND $slugs AS slug
CALL (slug) {
  CALL (slug) {${firstOf('slug', 'change.sequence < $before', ' DESC')}
  }
  WITH change ORDER BY change.sequence DESC LIMIT $first
  RETURN collect(properties(change)) AS changes
}
RETURN slug, changes`,
};

interface LengthsParameters {
  readonly slugs: readonly string[];
  readonly until: Integer;
}

const lengths: Statement<LengthsParameters, readonly [slug: string, count: number]> = {
  name: 'history-lengths',
  text: `UNWIND $slugs AS slug
RETURN slug, ${entityProperties
    .map((place) => {
      // A relation of an entity with itself is one change.
      const once = place === 'to' ? ' AND change.from <> slug' : '';
      return `COUNT { ${changesBy(place, 'sequence')} WHERE change.${place} = slug AND 0 < change.sequence <= $until${once} }`;
    })
    .join(' + ')}`,
};

const pageKey = ({ before, first }: Omit<HistoryPage, 'slug'>) => `${before} ${first}`;

/** A loader for one request. It caches nothing, so long-lived users see the current log. */
export function createHistoryLoader(graph: Graph): HistoryLoader {
  const pages = new DataLoader<HistoryPage, readonly Change[]>(
    async (keys) => {
      const sizes = new Map(keys.map((key) => [pageKey(key), key]));
      const reads = [...sizes].map(async ([key, { before, first }]) => {
        const slugs = new Set(keys.filter((one) => pageKey(one) === key).map(({ slug }) => slug));
        const rows = await graph.read(histories, {
          slugs: [...slugs],
          before: neo4j.int(before ?? Number.MAX_SAFE_INTEGER),
          first: neo4j.int(first),
        });
        const pages = rows.map(
          ([slug, changes]) => [slug, changes.map((one) => changeOf(graph.ontology, one))] as const,
        );
        return [key, new Map(pages)] as const;
      });
      const found = new Map(await Promise.all(reads));
      return keys.map((key) => found.get(pageKey(key))?.get(key.slug) ?? []);
    },
    { cache: false },
  );

  const countsUntil = new Map<number, DataLoader<string, number>>();

  const countsOf = (until: number) =>
    new DataLoader<string, number>(
      async (slugs) => {
        const rows = await graph.read(lengths, { slugs: [...new Set(slugs)], until: neo4j.int(until) });
        const bySlug = new Map(rows);
        return slugs.map((slug) => bySlug.get(slug) ?? 0);
      },
      { cache: false },
    );

  return {
    read: (page) => pages.load(page),
    count: (slug, until = Number.MAX_SAFE_INTEGER) => getOrInsert(countsUntil, until, () => countsOf(until)).load(slug),
  };
}
