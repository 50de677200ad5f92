import type { ObjectRef } from '@pothos/core';
import type { GraphQLResolveInfo } from 'graphql';
import type { Entity } from '../../engine/reads/rows.ts';
import type { OntologyOf } from '../../ontology/ontology.ts';
import type { ValueOf } from '../../ontology/records.ts';
import type { OntologyDefinition, Properties } from '../../ontology/vocabulary.ts';
import type { Builder, SchemaBase } from '../builder.ts';
import type { Context } from '../context.ts';
import { readNamed } from '../planning/read-selection.ts';
import type { FieldNeeds } from '../planning/selection.ts';
import { refOf } from '../references.ts';
import { computedFrom } from './computed-fields.ts';

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

declare const ofKind: unique symbol;

/** An entity of one kind. The mark exists in types alone: it keeps a field that reads one kind off the type of another. */
export type EntityOf<Name extends string> = Entity & { readonly [ofKind]?: Name };

/** The object type of one kind. */
export type KindRef<Name extends string> = ObjectRef<Builder['$inferSchemaTypes'], EntityOf<Name>>;

/** What fields written by hand are made with. */
export interface FieldParts<Definition extends OntologyDefinition> {
  /** The Pothos builder of the schema. */
  readonly builder: Builder;
  /** The object type of each kind. */
  readonly refs: { readonly [Name in KindOf<Definition>]: KindRef<Name> };
  /**
   * The options of a field that is computed from properties: spread them into those of a Pothos field of the same kind.
   * `createSilkgraph` refuses them on any other type.
   * @throws Error if there is no such kind, or it has no such property
   */
  computed<
    const Name extends KindOf<Definition>,
    const Needs extends keyof PropertiesOf<Definition, Name> & string,
    Value,
  >(
    kind: Name,
    needs: readonly Needs[],
    resolve: (entity: NeededEntity<Definition, Name, Needs>, context: Context) => Value,
  ): {
    readonly earlierStates: true;
    readonly extensions: FieldNeeds;
    readonly resolve: (entity: EntityOf<Name>, args: object, context: Context) => Value;
  };
  /** One entity of a kind by its slug, with what is selected of it; null if there is none. */
  read<Name extends KindOf<Definition>>(
    context: Context,
    info: GraphQLResolveInfo,
    kind: Name,
    slug: string,
  ): Promise<EntityOf<Name> | null>;
}

/** Adds fields to the schema of an ontology. */
export type AddFields<Definition extends OntologyDefinition> = (parts: FieldParts<Definition>) => void;

/** Adds fields written by hand, once the schema has all others. */
export const fieldsFor =
  <Definition extends OntologyDefinition>({ definition }: OntologyOf<Definition>, add: AddFields<Definition>) =>
  (base: SchemaBase): void => {
    const { builder, ontology } = base;
    const refs = Object.fromEntries(
      Object.keys(definition.kinds).map((kind): [string, KindRef<string>] => [kind, refOf(base, kind)]),
    ) as FieldParts<Definition>['refs'];
    add({
      builder,
      refs,
      computed(kind, needs, resolve) {
        if (!ontology.isKind(kind)) throw new Error(`The ontology has no kind ${kind}.`);
        for (const name of needs) ontology.propertyOf(kind, name);
        const needed = (entity: Entity) => ({
          slug: entity.slug,
          get(name: string) {
            const stored = entity.value(name) ?? null;
            return stored === null && ontology.propertyOf(kind, name).list ? [] : stored;
          },
        });
        return {
          // Its properties are those of the state that its entity is read from.
          earlierStates: true,
          extensions: { needs, ...computedFrom(kind) },
          resolve: (entity, _, context) => resolve(needed(entity) as Parameters<typeof resolve>[0], context),
        };
      },
      read: (context, info, kind, slug) => readNamed(context, info, kind, slug),
    });
  };
