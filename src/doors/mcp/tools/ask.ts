import { dataOf } from '../../../graphql/internal-client/ask.ts';
import { isObject } from '../../../graphql/internal-client/json.ts';
import { rootQuestion } from '../../../graphql/internal-client/root-question.ts';
import type { Tool } from '../tool.ts';
import { list } from './arguments.ts';

export const createAsk = (): Tool => ({
  name: 'ask',
  title: 'Ask a question in words',
  withoutSources: true,
  drawn: true,
  description:
    'Reads a question in English or Chinese by a grammar over the ontology, and answers it: lists, counts, groups, ranks, negation, years, paths. Check `reading` and `unread`; `document` is the GraphQL query behind the answer, to refine with `graphql`.',
  properties: {
    question: { type: 'string', minLength: 1, maxLength: 1_000, description: 'One short question.' },
  },
  required: ['question'],
  answer: {
    reading: list('What each word was taken for.'),
    unread: { type: 'array', items: { type: 'string' }, description: 'Words that the answer does not depend on.' },
    remark: { type: 'string' },
    document: { type: 'string' },
    variables: { type: 'object' },
    answer: { type: 'object', description: 'Data of the answer to the document.' },
  },
  async run({ question }, { ask, schema }) {
    const selection = '{ reading { words role means alternatives } leftOut remark document variables answer }';
    const data = dataOf(await ask(rootQuestion({ schema }, 'ask', { question }, selection), { isOwnDocument: true }));
    const { leftOut: unread, remark, ...told } = isObject(data.ask) ? data.ask : {};
    // `leftOut` of every tool is what its budget cut.
    return { value: { ...told, unread, ...(remark === null ? {} : { remark }) } };
  },
});
