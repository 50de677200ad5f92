import { describe, expect, it } from 'vitest';
import { heap } from '../../setup/heap.ts';
import { silkgraph } from '../../setup/silkgraph.ts';

const server = silkgraph();

/** Each document is mostly a comment, in which nothing is cached but the few characters that are new. */
const comment = `# ${'x'.repeat(95_000)}`;
const DOCUMENTS = 200;

// The parser cuts longer strings than 12 characters out of the document, and V8 then keeps all of it.
const questions: Record<string, (word: string) => string> = {
  'the alias of a list': (word) => `{ ${word}: labs { totalCount } }`,
  'the alias of a property': (word) => `{ labs(first: 1) { nodes { ${word}: name } } }`,
  'the name of the operation': (word) => `query ${word} { labs { totalCount } }`,
  'a filter': (word) => `{ labs(filter: { name: { eq: "${word}" } }) { totalCount } }`,
  'a filter of a relation': (word) =>
    `{ labs(filter: { areas: { some: { name: { contains: "${word}" } } } }) { totalCount } }`,
  'a cursor': (word) => `{ labs(after: "${word}") { totalCount } }`,
  'a slug': (word) => `{ lab(slug: "${word}") { name } }`,
  'a global ID': (word) => `{ node(id: "${word}") { id } }`,
  'the text of a search': (word) => `{ search(query: "${word}", first: 1) { edges { highlight { text } } } }`,
  'the prefix of a suggestion': (word) => `{ suggest(prefix: "${word}") { name } }`,
  'the alias of an entity on a path': (word) =>
    `{ paths(from: "serbia", to: "kenya", limit: 1) { paths { nodes { ${word}: name } } } }`,
  'the alias of a neighbour': (word) => `{ neighborhood(of: ["serbia"], limit: 2) { nodes { ${word}: name } } }`,
  'a name in a pattern': (word) =>
    `{ match(pattern: { entities: [{ as: "${word}", kind: PARK }] }, first: 1) { totalCount } }`,
};

describe('documents that were answered are not kept in memory by what is new in them:', () => {
  it.each(Object.entries(questions))('%s', async (_, question) => {
    const ask = async (count: number) => {
      const { errors = [] } = await server.ask(`${question(`a_word_that_is_new_${count}`)} ${comment}`);
      expect(errors.map(({ extensions }) => extensions?.code)).not.toContain('GRAPHQL_VALIDATION_FAILED');
    };
    for (let count = 0; count < 30; count += 1) await ask(DOCUMENTS + count);
    const before = heap();
    for (let count = 0; count < DOCUMENTS; count += 1) await ask(count);
    expect(heap() - before).toBeLessThan((DOCUMENTS * comment.length) / 3);
  });
});
