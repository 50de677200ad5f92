import { MapperKind, mapSchema } from '@graphql-tools/utils';
import { defaultFieldResolver, type GraphQLResolveInfo, type GraphQLSchema } from 'graphql';
import { relationKey, type StoredRelation } from '../../engine/graph/walk.ts';
import { Edge, Entity } from '../../engine/reads/rows.ts';
import { getOrInsert } from '../../ontology/get-or-insert.ts';
import type { Kind } from '../../ontology/vocabulary.ts';
import type { Hop } from '../entities/relation-step.ts';

type Path = GraphQLResolveInfo['path'];

/** Places of something in the response. */
interface Places {
  /** JSON pointers (RFC 6901), the first ones. */
  readonly pointers: readonly string[];
  /** Number of places, including those beyond the first ones. */
  readonly places: number;
}

/** An entity in a response. */
export interface RecordedEntity extends Places {
  readonly kind: Kind;
  readonly slug: string;
}

/** A relation in a response: an edge, or a hop of a path. The ends of a symmetric one may be swapped. */
export interface RecordedRelation extends Places {
  readonly stored: StoredRelation;
}

/** The contents of a response, without duplicates. */
export interface Recorded {
  readonly entities: readonly RecordedEntity[];
  readonly relations: readonly RecordedRelation[];
}

const KEPT_POINTERS = 100;

/** The type of relations on paths. */
const HOP = 'Hop';

const pointerTo = (path: Path | undefined): string => (path ? `${pointerTo(path.prev)}/${path.key}` : '/data');

type Growing<Item> = Item & { readonly pointers: string[]; places: number };

function note<Item>(items: Map<string, Growing<Item>>, key: string, item: Item, path: Path): void {
  const known = getOrInsert(items, key, () => ({ ...item, pointers: [], places: 0 }));
  known.places += 1;
  if (known.pointers.length < KEPT_POINTERS) known.pointers.push(pointerTo(path));
}

/** The entities and relations of one response. */
export class AnswerRecord {
  readonly #entities = new Map<string, Growing<Pick<RecordedEntity, 'kind' | 'slug'>>>();
  readonly #relations = new Map<string, Growing<Pick<RecordedRelation, 'stored'>>>();
  readonly #seen = new WeakSet<object>();

  /** Several fields of an object share the path of their parent, so each place is noted once. */
  #isNew(path: Path | undefined): path is Path {
    if (!path || this.#seen.has(path)) return false;
    this.#seen.add(path);
    return true;
  }

  entity({ kind, slug }: Entity, path: Path | undefined): void {
    if (this.#isNew(path)) note(this.#entities, slug, { kind, slug }, path);
  }

  relation(stored: StoredRelation | null, path: Path | undefined): void {
    if (stored && this.#isNew(path)) note(this.#relations, relationKey(stored), { stored }, path);
  }

  get recorded(): Recorded {
    return { entities: [...this.#entities.values()], relations: [...this.#relations.values()] };
  }
}

/**
 * The same schema, recording each entity and relation of which a field is resolved. Requests without citations use the
 * original schema, at no extra cost.
 *
 * @param recordOf the record of the answer with this context
 */
export function recordingSchema(
  schema: GraphQLSchema,
  recordOf: (context: unknown) => AnswerRecord | undefined,
): GraphQLSchema {
  return mapSchema(schema, {
    [MapperKind.OBJECT_FIELD]: (field, _, typeName) => {
      const isOfHop = typeName === HOP;
      const { resolve = defaultFieldResolver } = field;
      return {
        ...field,
        resolve: (parent, args, context, info) => {
          if (parent instanceof Entity) recordOf(context)?.entity(parent, info.path.prev);
          else if (parent instanceof Edge) recordOf(context)?.relation(parent.stored, info.path.prev);
          else if (isOfHop) recordOf(context)?.relation((parent as Hop).stored, info.path.prev);
          return resolve(parent, args, context, info);
        },
      };
    },
  });
}
