import { type FieldNode, type GraphQLResolveInfo, type OperationDefinitionNode, parse } from 'graphql';
import { expect, it } from 'vitest';
import { bytesOf } from '../../src/engine/budgets/memory-budget.ts';
import { createPlanCache } from '../../src/graphql/plan-cache.ts';
import { statisticsOf } from '../setup/statistics-of.ts';

const statistics = statisticsOf();
const plans = createPlanCache();

/** Plans the only field of a document. */
function planned(text: string): object {
  const [operation] = parse(text).definitions as OperationDefinitionNode[];
  const nodes = operation?.selectionSet.selections as readonly FieldNode[];
  const info = { fragments: {}, variableValues: {} } as unknown as GraphQLResolveInfo;
  return plans.once(info, { nodes, withArguments: true }, statistics, 'page', () => ({}));
}

it('plans are cached up to a number of characters of the text that they are made of, whatever number of documents comes', () => {
  for (let at = 0; at < 5_000; at += 1) planned(`{ a${at}: labs { ${'nodes { slug } '.repeat(50)} } }`);
  expect(plans.bytes).toBeLessThanOrEqual(bytesOf('plans'));
  expect(plans.bytes).toBeGreaterThan(bytesOf('plans') / 2);
});
