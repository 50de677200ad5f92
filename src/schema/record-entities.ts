import { MapperKind, mapSchema } from '@graphql-tools/utils';
import { defaultFieldResolver, type GraphQLResolveInfo, type GraphQLSchema } from 'graphql';
import { Entity } from '../graph/rows.ts';
import type { Kind } from '../ontology/kinds.ts';

type Path = GraphQLResolveInfo['path'];

/** An entity of an answer, and where in the response it stands. */
export interface RecordedEntity {
  readonly kind: Kind;
  readonly slug: string;
  /** JSON pointers (RFC 6901), the first ones. */
  readonly pointers: readonly string[];
  /** How often it stands in the response, also beyond those. */
  readonly places: number;
}

const POINTERS_PER_ENTITY = 100;

const pointerTo = (path: Path | undefined): string => (path ? `${pointerTo(path.prev)}/${path.key}` : '/data');

interface Recorded {
  readonly kind: Kind;
  readonly slug: string;
  readonly pointers: Set<string>;
  places: number;
}

/** The entities of one answer. */
export class AnswerRecord {
  readonly #entities = new Map<string, Recorded>();
  readonly #seen = new WeakSet<object>();

  /** Several fields of an entity share the path object of their parent, so each place is noted once. */
  note({ kind, slug }: Entity, path: Path | undefined): void {
    if (!path || this.#seen.has(path)) return;
    this.#seen.add(path);
    const known = this.#entities.get(slug) ?? { kind, slug, pointers: new Set<string>(), places: 0 };
    this.#entities.set(slug, known);
    known.places += 1;
    if (known.pointers.size < POINTERS_PER_ENTITY) known.pointers.add(pointerTo(path));
  }

  get entities(): readonly RecordedEntity[] {
    return [...this.#entities.values()].map(({ pointers, ...entity }) => ({ ...entity, pointers: [...pointers] }));
  }
}

/**
 * The same schema, that notes each entity of which a field is asked. Who does not ask for citations is answered by the
 * schema itself, and pays nothing.
 *
 * @param recordOf the record of the answer with this context
 */
export function recordingSchema(
  schema: GraphQLSchema,
  recordOf: (context: unknown) => AnswerRecord | undefined,
): GraphQLSchema {
  return mapSchema(schema, {
    [MapperKind.OBJECT_FIELD]: (field) => {
      const { resolve = defaultFieldResolver } = field;
      return {
        ...field,
        resolve: (parent, args, context, info) => {
          if (parent instanceof Entity) recordOf(context)?.note(parent, info.path.prev);
          return resolve(parent, args, context, info);
        },
      };
    },
  });
}
