import { existsSync, readFileSync } from 'node:fs';

/** Why no statement is written by hand for these examples, by their numbers. */
const reasons: Readonly<Record<string, string>> = {
  '02': 'Milestones are stored as JSON, which Cypher does not read.',
  '05': 'The database does not store the descriptions.',
  '16': 'Full-text indexes score differently and do not say which words matched.',
  '18': 'Cypher finds the shortest paths, not the best ones by weight.',
  '21': 'Identifiers and places are stored as JSON, and the ontology lists the properties.',
  '22': 'The database does not store what each total counts.',
};

export interface CountedExample {
  readonly number: string;
  readonly name: string;
  readonly words: string;
  /** Leads to the question. */
  readonly link: string;
  readonly query: string;
}

/** Number of lines, without comments and blank ones. */
const linesOf = (text: string) => text.split('\n').filter((line) => !/^\s*(?:#|\/\/|$)/.test(line)).length;

/**
 * A table of the lines of each example beside those of its statement in the folder `cypher` beside it.
 * @throws Error if an example has neither a statement nor a reason why it has none, or both
 */
export function cypherCounts(folder: URL, examples: readonly CountedExample[]): string {
  const counted = examples.map(({ number, name, words, link, query }) => {
    const file = new URL(`cypher/${name}.cypher`, folder);
    const reason = reasons[number];
    if (existsSync(file) === (reason !== undefined))
      throw new Error(`${name} needs a statement in examples/cypher, or a reason in cypher-counts.ts, not both.`);
    const cypher = reason === undefined ? linesOf(readFileSync(file, 'utf8')) : undefined;
    return { question: `[${words}](${link})`, graphql: linesOf(query), cypher, reason };
  });
  const both = counted.flatMap(({ graphql, cypher }) => (cypher === undefined ? [] : [{ graphql, cypher }]));
  const sum = (language: 'graphql' | 'cypher') => both.reduce((total, lines) => total + lines[language], 0);
  return [
    '| Question | GraphQL | Cypher |',
    '|---|---|---|',
    ...counted.map(({ question, graphql, cypher, reason }) => `| ${question} | ${graphql} | ${cypher ?? reason} |`),
    `| **Total of the ${both.length} with both** | **${sum('graphql')}** | **${sum('cypher')}** |`,
  ].join('\n');
}
