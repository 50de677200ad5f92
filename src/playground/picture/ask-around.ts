import { type DocumentNode, Kind, type OperationDefinitionNode, parse } from 'graphql';

const operationsOf = (document: DocumentNode): readonly OperationDefinitionNode[] =>
  document.definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION);

function read(text: string): readonly OperationDefinitionNode[] | undefined {
  try {
    return operationsOf(parse(text));
  } catch {
    return undefined;
  }
}

/** A unique operation name. */
function freeName(name: string, taken: ReadonlySet<string>, number = 1): string {
  const candidate = number === 1 ? name : `${name}${number}`;
  return taken.has(candidate) ? freeName(name, taken, number + 1) : candidate;
}

/** Names an anonymous operation, which is invalid next to others. */
function named(text: string, operation: OperationDefinitionNode, name: string): string {
  const start = operation.loc?.start ?? 0;
  const isShort = text.startsWith('{', start);
  const at = isShort ? start : start + operation.operation.length;
  return `${text.slice(0, at)}${isShort ? `query ${name} ` : ` ${name}`}${text.slice(at)}`;
}

const question = (name: string, slug: string) => `query ${name} {
  neighborhood(of: [${JSON.stringify(slug)}], limit: 30) {
    nodes {
      __typename
      slug
      name
    }
    edges {
      relation
      from {
        slug
      }
      to {
        slug
      }
    }
    truncated {
      reason
      leftOut {
        relation
        count
      }
    }
  }
}
`;

/** Appends a query for the neighbourhood of an entity to a document. If the document is invalid, returns the query alone. */
export function askAround(text: string, slug: string): { readonly text: string; readonly operationName: string } {
  const words = slug.split(/[^a-z0-9]+/i).filter((word) => word !== '');
  const wanted = `Around${words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('')}`;
  const operations = read(text);
  if (!operations) return { text: question(wanted, slug), operationName: wanted };
  const taken = new Set(operations.flatMap(({ name }) => (name ? [name.value] : [])));
  const anonymous = operations.find(({ name }) => name === undefined);
  const before = anonymous ? named(text, anonymous, freeName('Question', taken)) : text;
  const operationName = freeName(wanted, taken);
  return { text: `${before.trimEnd()}\n\n${question(operationName, slug)}`.trimStart(), operationName };
}
