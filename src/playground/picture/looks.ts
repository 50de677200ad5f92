import { type GraphQLSchema, isEnumType } from 'graphql';
import { type Look, lookAt } from '../../drawing/looks.ts';
import { kindOf } from '../../drawing/words.ts';

/** Styles of kinds: as in the explorer if the schema is known, otherwise in order of appearance. */
export function looksOf(schema: GraphQLSchema | null | undefined): (typeName: string) => Look {
  const kinds = schema?.getType('EntityKind');
  const names = isEnumType(kinds) ? kinds.getValues().map(({ name }) => name) : [];
  return (typeName) => {
    const kind = kindOf(typeName);
    if (!names.includes(kind)) names.push(kind);
    return lookAt(names.indexOf(kind));
  };
}
