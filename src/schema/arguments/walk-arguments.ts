import type { Walk } from '../../graph/walk.ts';
import type { Kind } from '../../ontology/kinds.ts';
import { definitionOf, isRelationType, type RelationType, relationTypes } from '../../ontology/relations.ts';
import { builder } from '../builder.ts';
import { EntityKind, RelationTypeEnum } from '../enumerations.ts';
import { badUserInput } from '../errors.ts';
import { parseReference } from '../identifiers.ts';

const isWalked = (type: RelationType) => definitionOf(type).walked ?? true;

/** Relations traversed by default. */
export const usuallyWalked: readonly RelationType[] = relationTypes.filter(isWalked);

const leftOut = relationTypes.filter((type) => !isWalked(type));

/** The default in words. */
const usually =
  leftOut.length === 0 ? 'all' : `all except ${leftOut.join(' and ')}, which connect everything and explain nothing`;

/** Arguments of every field that traverses the graph. */
export const walkArguments = (kinds: string) =>
  builder.args((t) => ({
    relations: t.field({
      type: [RelationTypeEnum],
      description: `Traverses only these relations. Default: ${usually}.`,
    }),
    kinds: t.field({ type: [EntityKind], description: kinds }),
  }));

const usualWalk: Walk = { relations: usuallyWalked.toSorted(), kinds: null };

interface WalkInput {
  readonly relations?: readonly string[] | null | undefined;
  readonly kinds?: readonly Kind[] | null | undefined;
}

/** The traversal; its sets are sorted, so that equal ones share a statement. @throws GraphQLError BAD_USER_INPUT */
export function walkOf({ relations, kinds }: WalkInput): Walk {
  for (const [name, list] of Object.entries({ relations, kinds })) {
    if (list?.length === 0) throw badUserInput(`\`${name}\` must not be empty. Leave it out to include all.`);
  }
  if (!relations && !kinds) return usualWalk;
  const wanted = relations?.filter(isRelationType) ?? usuallyWalked;
  return { relations: [...new Set(wanted)].sort(), kinds: kinds ? [...new Set(kinds)].sort() : null };
}

export interface Bounds {
  readonly least: number;
  readonly most: number;
  readonly usual: number;
}

/** An argument within its bounds; its default if absent. @throws GraphQLError BAD_USER_INPUT */
export function within(name: string, value: number | null | undefined, { least, most, usual }: Bounds): number {
  const wanted = value ?? usual;
  if (wanted >= least && wanted <= most) return wanted;
  throw badUserInput(`\`${name}\` must be from ${least} to ${most}; got ${wanted}.`);
}

/** Bounds as text for a description. */
export const rangeOf = ({ least, most }: Bounds): string => `from ${least} to ${most}`;

/** The slugs of entities in arguments, without duplicates, each with the original text. */
export class NamedEntities {
  readonly #names = new Map<string, string>();

  /** @throws GraphQLError BAD_USER_INPUT if one is neither an id nor a slug */
  slugs(ids: readonly string[]): readonly string[] {
    const slugs = ids.map((id) => {
      const slug = parseReference(id, 'Entity');
      this.#names.set(slug, id);
      return slug;
    });
    return [...new Set(slugs)];
  }

  slug(id: string): string {
    return this.slugs([id])[0] as string;
  }

  /** Rejects references to missing entities. @throws GraphQLError BAD_USER_INPUT */
  refuse(missing: readonly string[]): void {
    if (missing.length === 0) return;
    const names = missing.map((slug) => JSON.stringify(this.#names.get(slug) ?? slug));
    throw badUserInput(
      `There is no entity ${names.join(', ')}. Pass IDs or slugs exactly as the API returned them, or find them with \`search\`.`,
    );
  }
}
