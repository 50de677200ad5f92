import type { GraphQLResolveInfo } from 'graphql';
import type { Entity } from '../../graph/reads/rows.ts';
import type { OntologyOf } from '../../ontology/ontology.ts';
import type { ValueOf } from '../../ontology/records.ts';
import type { OntologyDefinition, Properties } from '../../ontology/vocabulary.ts';
import type { Builder, SchemaBase } from '../builder.ts';
import type { Context } from '../context.ts';
import { readNamed } from '../planning/read-selection.ts';
import type { FieldNeeds } from '../planning/selection.ts';
import { refOf } from '../references.ts';
import { computedMark } from './computed-fields.ts';

type KindOf<Definition extends OntologyDefinition> = keyof Definition['kinds'] & string;

type PropertiesOf<
  Definition extends OntologyDefinition,
  Name extends KindOf<Definition>,
> = Definition['sharedProperties'] & Definition['kinds'][Name]['properties'];

/** The value of a property; null where the record has none, unless it is required. */
type Found<Definition extends OntologyDefinition, All, Name extends keyof All> = All[Name] extends Properties[string]
  ? All[Name]['list'] extends true
    ? ValueOf<Definition, All[Name]>
    : All[Name]['required'] extends true
      ? ValueOf<Definition, All[Name]>
      : ValueOf<Definition, All[Name]> | null
  : never;

/** An entity with the properties that its field needs. */
export interface NeededEntity<
  Definition extends OntologyDefinition,
  Name extends KindOf<Definition>,
  Needs extends keyof PropertiesOf<Definition, Name>,
> {
  readonly slug: string;
  /** The value of a property that the field needs. */
  get<Property extends Needs>(name: Property): Found<Definition, PropertiesOf<Definition, Name>, Property>;
}

/** What fields written by hand are made with. */
export interface FieldParts<Definition extends OntologyDefinition> {
  /** The Pothos builder of the schema. */
  readonly builder: Builder;
  /** The object type of each kind. */
  readonly refs: Readonly<Record<KindOf<Definition>, ReturnType<typeof refOf>>>;
  /**
   * The options of a field that is computed from properties: spread them into those of a Pothos field of the kind.
   * @throws Error if the kind has no such property
   */
  computed<
    const Name extends KindOf<Definition>,
    const Needs extends keyof PropertiesOf<Definition, Name> & string,
    Value,
  >(
    kind: Name,
    needs: readonly Needs[],
    resolve: (entity: NeededEntity<Definition, Name, Needs>, context: Context) => Value,
  ): { readonly extensions: FieldNeeds; readonly resolve: (entity: Entity, args: object, context: Context) => Value };
  /** One entity of a kind by its slug, with what is selected of it; null if there is none. */
  read(context: Context, info: GraphQLResolveInfo, kind: KindOf<Definition>, slug: string): Promise<Entity | null>;
}

/** Adds fields to the schema of an ontology. */
export type AddFields<Definition extends OntologyDefinition> = (parts: FieldParts<Definition>) => void;

/** Adds fields written by hand, once the schema has all others. */
export const fieldsFor =
  <Definition extends OntologyDefinition>({ definition }: OntologyOf<Definition>, add: AddFields<Definition>) =>
  (base: SchemaBase): void => {
    const { builder, ontology } = base;
    const refs = Object.fromEntries(
      Object.keys(definition.kinds).map((kind) => [kind, refOf(base, kind)]),
    ) as FieldParts<Definition>['refs'];
    add({
      builder,
      refs,
      computed(kind, needs, resolve) {
        for (const name of needs) ontology.propertyOf(kind, name);
        const needed = (entity: Entity) => ({
          slug: entity.slug,
          get(name: string) {
            const stored = entity.value(name) ?? null;
            return stored === null && ontology.propertyOf(kind, name).list ? [] : stored;
          },
        });
        return {
          extensions: { needs, ...computedMark },
          resolve: (entity, _, context) => resolve(needed(entity) as Parameters<typeof resolve>[0], context),
        };
      },
      read: (context, info, kind, slug) => readNamed(context, info, kind, slug),
    });
  };
