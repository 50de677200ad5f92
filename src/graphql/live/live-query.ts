import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  getOperationAST,
  Kind,
  OperationTypeNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import { getOrInsert } from '../../ontology/get-or-insert.ts';
import { memoize } from '../../ontology/memoize.ts';

/** The root field of live questions. */
export const LIVE = 'live';

/** The query of a live question: what is selected of `live`. */
export interface LiveQuery {
  /** Name of `live` in the answers. */
  readonly responseName: string;
  readonly document: DocumentNode;
}

/** Fields of `live` in the selection of a subscription; validation has ensured that they have one response name. */
function liveFields(
  { selections }: SelectionSetNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
): readonly FieldNode[] {
  return selections.flatMap((selection) => {
    if (selection.kind === Kind.FIELD) return selection.name.value === LIVE ? [selection] : [];
    const selected =
      selection.kind === Kind.INLINE_FRAGMENT
        ? selection.selectionSet
        : fragments.get(selection.name.value)?.selectionSet;
    return selected ? liveFields(selected, fragments) : [];
  });
}

const foundIn = memoize((_: DocumentNode) => new Map<string, LiveQuery | null>());

/** The query of a subscription to `live`, the same for the same document; `undefined` if it is another operation. */
export function liveQuery(document: DocumentNode, operationName: string | null | undefined): LiveQuery | undefined {
  const made = () => makeLiveQuery(document, operationName) ?? null;
  return getOrInsert(foundIn(document), operationName ?? '', made) ?? undefined;
}

function makeLiveQuery(document: DocumentNode, operationName: string | null | undefined): LiveQuery | undefined {
  const operation = getOperationAST(document, operationName);
  if (operation?.operation !== 'subscription') return undefined;
  const fragments = document.definitions.filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION);
  const fields = liveFields(operation.selectionSet, new Map(fragments.map((one) => [one.name.value, one])));
  const [first] = fields;
  if (!first) return undefined;
  const selections: readonly SelectionNode[] = fields.flatMap(({ selectionSet }) => selectionSet?.selections ?? []);
  return {
    responseName: first.alias?.value ?? LIVE,
    document: {
      kind: Kind.DOCUMENT,
      definitions: [
        {
          ...operation,
          operation: OperationTypeNode.QUERY,
          selectionSet: { kind: Kind.SELECTION_SET, selections },
        },
        ...fragments,
      ],
    },
  };
}
