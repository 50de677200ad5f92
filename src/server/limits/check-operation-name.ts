import { type DocumentNode, Kind } from 'graphql';
import { codedError } from '../../graphql/errors.ts';
import { badRequest, refusal } from '../bad-request.ts';

const refuse = (message: string) => refusal(codedError('BAD_USER_INPUT', message));

/** Number of operations that a message names. */
const MOST_NAMED = 5;

/**
 * Checks that a request says which operation of its document is executed (https://spec.graphql.org/October2021/#GetOperation()).
 * @throws GraphQLError BAD_USER_INPUT that says what is missing
 */
export function checkOperationName({ definitions }: DocumentNode, operationName: unknown): void {
  const operations = definitions.flatMap((each) => (each.kind === Kind.OPERATION_DEFINITION ? [each.name?.value] : []));
  const names = operations.filter((name) => name !== undefined);
  const listed = `${names.slice(0, MOST_NAMED).join(', ')}${names.length > MOST_NAMED ? ', …' : ''}`;
  if (operations.length === 0) throw refuse('The document has no operation. Add one, such as `{ ontology { … } }`.');
  if (operationName === undefined || operationName === null) {
    if (operations.length === 1) return;
    throw refuse(`The document has ${operations.length} operations. Name one of them in \`operationName\`: ${listed}.`);
  }
  if (typeof operationName !== 'string') throw badRequest('`operationName` must be a string.');
  if (names.includes(operationName)) return;
  const has = names.length === 0 ? 'Its operation has no name: leave out `operationName`' : `It has ${listed}`;
  throw refuse(`The document has no operation ${JSON.stringify(operationName.slice(0, 100))}. ${has}.`);
}
