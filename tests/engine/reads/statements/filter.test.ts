import { describe, expect, it } from 'vitest';
import { statementsOf } from '../../../setup/statements.ts';

/** The condition on laboratories that a filter becomes, with its parameters. */
async function conditionOf(filter: string): Promise<string> {
  const statement = await statementsOf(`{ labs(filter: ${filter}) { totalCount } }`);
  const condition = /WHERE ([\s\S]*) \}, false, false ?\] AS a0/.exec(statement.replaceAll(/\s+/g, ' '))?.[1];
  const parameters = [...statement.matchAll(/^ +\$(\w+) = (.*)$/gm)].map(([, name, value]) => `$${name} = ${value}`);
  return [condition ?? statement, ...parameters].join('; ');
}

describe('a condition on a property', () => {
  it.each([
    '{ batch: { eq: 1 } }',
    '{ not: { batch: { eq: 1 } } }',
    '{ batch: { ne: 1 } }',
    '{ not: { batch: { ne: 1 } } }',
    '{ batch: { in: [1, 2] } }',
    '{ not: { batch: { in: [1, 2] } } }',
    '{ batch: { lt: 1 } }',
    '{ not: { batch: { lt: 1 } } }',
    '{ batch: { lte: 1 } }',
    '{ not: { batch: { lte: 1 } } }',
    '{ batch: { gt: 1 } }',
    '{ not: { batch: { gt: 1 } } }',
    '{ batch: { gte: 1 } }',
    '{ not: { batch: { gte: 1 } } }',
    '{ batch: { exists: true } }',
    '{ not: { batch: { exists: true } } }',
    '{ batch: { exists: false } }',
    '{ not: { batch: { exists: false } } }',
    '{ name: { eq: "Ä" } }',
    '{ not: { name: { eq: "Ä" } } }',
    '{ name: { contains: "Ä" } }',
    '{ not: { name: { contains: "Ä" } } }',
    '{ name: { startsWith: "Ä" } }',
    '{ not: { name: { startsWith: "Ä" } } }',
    '{ name: { endsWith: "Ä" } }',
    '{ not: { name: { endsWith: "Ä" } } }',
    '{ recognisedDate: { eq: "2019-03" } }',
    '{ not: { recognisedDate: { eq: "2019-03" } } }',
    '{ recognisedDate: { gt: "2019-03" } }',
    '{ not: { recognisedDate: { gt: "2019-03" } } }',
    '{ status: { in: [AGREED] } }',
    '{ not: { status: { in: [AGREED] } } }',
    '{ cities: { has: "Nairobi" } }',
    '{ not: { cities: { has: "Nairobi" } } }',
    '{ cities: { hasAny: ["Nairobi", "Cairo"] } }',
    '{ not: { cities: { hasAny: ["Nairobi", "Cairo"] } } }',
    '{ cities: { isEmpty: true } }',
    '{ not: { cities: { isEmpty: true } } }',
  ])('%s', async (filter) => {
    expect(await conditionOf(filter)).toMatchSnapshot();
  });
});
