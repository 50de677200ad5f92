import SchemaBuilder, {
  BasePlugin,
  type FieldNullability,
  type InputFieldMap,
  type PothosOutputFieldConfig,
  type SchemaTypes,
  type TypeParam,
} from '@pothos/core';
import type { Statistics } from '../../engine/reads/statistics.ts';

/**
 * Whether a field answers of earlier states of the graph. Where it looks at more in memory than today in the database, it
 * says at how many entities and relations.
 */
export type EarlierStates =
  | boolean
  | { readonly visits: (args: Readonly<Record<string, unknown>>, statistics: Statistics) => number };

const NAME = 'earlierStates';

declare global {
  namespace PothosSchemaTypes {
    interface Plugins<Types extends SchemaTypes> {
      earlierStates: EarlierStatesPlugin<Types>;
    }

    interface FieldOptions {
      /**
       * Whether the field answers of earlier states of the graph, which queries with `@asOf` ask about: `false` if it
       * reads what is there today. Every field of `Query` says so.
       * @default what the field that it is selected of answers
       */
      earlierStates?: EarlierStates;
    }

    interface QueryFieldOptions<
      Types extends SchemaTypes,
      Type extends TypeParam<Types>,
      Nullable extends FieldNullability<Type>,
      Args extends InputFieldMap,
      ResolveReturnShape,
    > {
      earlierStates: EarlierStates;
    }
  }
}

/** Keeps with each field of a schema what it declares. */
class EarlierStatesPlugin<Types extends SchemaTypes> extends BasePlugin<Types> {
  /** @throws Error if a field of the query type does not declare it */
  override onOutputFieldConfig(field: PothosOutputFieldConfig<Types>): PothosOutputFieldConfig<Types> {
    const { [NAME]: declared } = field.pothosOptions as { readonly [NAME]?: EarlierStates };
    if (declared === undefined) {
      if (field.kind !== 'Query') return field;
      throw new Error(`The field ${field.name} of Query must declare whether it answers of earlier states: ${NAME}.`);
    }
    return { ...field, extensions: { ...field.extensions, [NAME]: declared } };
  }
}

SchemaBuilder.registerPlugin(NAME, EarlierStatesPlugin);

/** The plugin by which fields declare it. */
export const earlierStatesPlugin = NAME;

/** What a field declares; `undefined` if nothing. */
export const earlierStatesOf = ({
  extensions,
}: {
  readonly extensions?: Readonly<Record<string, unknown>> | null | undefined;
}): EarlierStates | undefined => extensions?.[NAME] as EarlierStates | undefined;
