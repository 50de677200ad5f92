import { type GraphQLResolveInfo, getDirectiveValues, type OperationDefinitionNode } from 'graphql';
import { citeDirective } from '../citations/cite.ts';
import type { Share } from './heaviest-part.ts';

/** Cost of reading a source of the response and formatting it. */
const CITATION = 500;
const MOST_CITATIONS = 500;

/** Cost of citations if requested: it grows with the response, whose cost is given. */
export function citationCost(
  operation: OperationDefinitionNode,
  variableValues: GraphQLResolveInfo['variableValues'],
  answer: number,
): readonly Share[] {
  const args = getDirectiveValues(citeDirective, operation, variableValues);
  if (!args?.if) return [];
  const forms = 1 + (args.styles as readonly unknown[]).length;
  const sources = Math.min(MOST_CITATIONS, answer / 20);
  return [{ key: `@${citeDirective.name}`, cost: sources * forms * CITATION, below: [] }];
}
