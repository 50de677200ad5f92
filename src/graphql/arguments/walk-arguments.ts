import type { Walk } from '../../engine/graph/walk.ts';
import { memoize } from '../../ontology/memoize.ts';
import type { Ontology } from '../../ontology/ontology.ts';
import type { Kind, RelationType } from '../../ontology/vocabulary.ts';
import type { SchemaBase } from '../builder.ts';
import { EntityKind, RelationTypeEnum } from '../enumerations.ts';
import { badUserInput } from '../errors.ts';
import { parseReference } from '../identifiers.ts';

/** Relations traversed by default. */
export const usuallyWalked = memoize(({ relationTypes, skippedRelations }: Ontology): readonly RelationType[] =>
  relationTypes.filter((type) => !skippedRelations.includes(type)),
);

/** The default in words. */
const usually = ({ skippedRelations: leftOut }: Ontology) =>
  leftOut.length === 0 ? 'all' : `all except ${leftOut.join(' and ')}, which connect everything and explain nothing`;

/** Arguments of every field that traverses the graph. */
export const walkArguments = (base: SchemaBase, kinds: string) =>
  base.builder.args((t) => ({
    relations: t.field({
      type: [RelationTypeEnum(base)],
      description: `Traverses only these relations. Default: ${usually(base.ontology)}.`,
    }),
    kinds: t.field({ type: [EntityKind(base)], description: kinds }),
  }));

const usualWalk = memoize(
  (ontology: Ontology): Walk => ({ ontology, relations: usuallyWalked(ontology).toSorted(), kinds: null }),
);

/** Refuses lists without an item, which would select nothing. @throws GraphQLError BAD_USER_INPUT */
export function refuseEmpty(lists: Readonly<Record<string, readonly unknown[] | null | undefined>>): void {
  for (const [name, list] of Object.entries(lists)) {
    if (list?.length === 0) throw badUserInput(`\`${name}\` must not be empty. Leave it out to include all.`);
  }
}

interface WalkInput {
  readonly relations?: readonly string[] | null | undefined;
  readonly kinds?: readonly Kind[] | null | undefined;
}

/** The traversal; its sets are sorted, so that equal ones share a statement. @throws GraphQLError BAD_USER_INPUT */
export function walkOf(ontology: Ontology, { relations, kinds }: WalkInput): Walk {
  refuseEmpty({ relations, kinds });
  if (!relations && !kinds) return usualWalk(ontology);
  const wanted = relations ?? usuallyWalked(ontology);
  return { ontology, relations: [...new Set(wanted)].sort(), kinds: kinds ? [...new Set(kinds)].sort() : null };
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
  readonly #ontology: Ontology;
  readonly #names = new Map<string, string>();

  constructor(ontology: Ontology) {
    this.#ontology = ontology;
  }

  /** @throws GraphQLError BAD_USER_INPUT if it is neither an id nor a slug */
  slug(id: string): string {
    const slug = parseReference(this.#ontology, id, 'Entity');
    this.#names.set(slug, id);
    return slug;
  }

  /** @throws GraphQLError BAD_USER_INPUT if one is neither an id nor a slug */
  slugs(ids: readonly string[]): readonly string[] {
    return [...new Set(ids.map((id) => this.slug(id)))];
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
