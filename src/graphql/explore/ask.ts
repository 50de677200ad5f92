import { lazyType } from '../builder.ts';
import type { AnsweredAgain, Context } from '../context.ts';
import { badUserInput, codedError, type ErrorCode } from '../errors.ts';
import type { Interpretation, Understood } from '../questions/meant.ts';
import { LONGEST_QUESTION, type QuestionReading, readQuestion } from '../questions/read-question.ts';

/** A question that was read; its document is answered once, if that is selected. */
interface AskedQuestion {
  readonly reading: QuestionReading;
  readonly answered: () => Promise<AnsweredAgain>;
}

const roles = {
  KIND: 'A kind of entity.',
  ENTITY: 'One entity, or several of one kind.',
  VALUE: 'Values of a property.',
  RELATION: 'A relation.',
  PROPERTY: 'A property.',
  TIME: 'A year, and the property that it limits.',
  NUMBER: 'A number.',
  GRAMMAR: 'How the rest is meant: counted, compared, negated.',
  TEXT: 'Itself: it is looked for in texts.',
} as const satisfies Record<Understood['as'], string>;

const WordRole = lazyType(({ builder }) =>
  builder.enumType('QuestionWordRole', {
    description: 'What words of a question stand for.',
    values: Object.fromEntries(Object.entries(roles).map(([role, description]) => [role, { description }])),
  }),
);

const ReadWords = lazyType((base) =>
  base.builder.objectRef<Understood>('ReadWords').implement({
    description: 'Words of a question, and what they were taken for.',
    fields: (t) => ({
      words: t.string({
        nullable: false,
        description: 'The words as they were written.',
        resolve: ({ part: { written } }) => written,
      }),
      role: t.field({
        type: WordRole(base),
        nullable: false,
        description: 'What they stand for.',
        resolve: ({ as }) => as,
      }),
      means: t.exposeString('means', {
        nullable: false,
        description: 'What is meant: the name of an entity, or of a part of the schema.',
      }),
      alternatives: t.exposeStringList('alternatives', {
        nullable: { list: false, items: false },
        description: 'What the words may mean, too.',
      }),
    }),
  }),
);

const quoted = (words: readonly string[]) => words.map((word) => `"${word}"`).join(', ');

/** What was not understood of a question, in sentences. */
function remarkOf({ asked, leftOut, understood, isCut }: Interpretation & { readonly isCut: boolean }): string | null {
  const left = leftOut.map(({ written }) => written);
  const remarks = [
    ...(isCut ? [`Only the beginning was read: a question has at most ${LONGEST_QUESTION} characters.`] : []),
    ...(asked.is === 'search'
      ? [
          understood.length === 0
            ? 'The question names nothing of this graph.'
            : 'It is not clear what is asked for, so this is a search for the words. Name a kind, such as those of `ontology`.',
        ]
      : []),
    ...(asked.is !== 'search' && left.length > 0
      ? [`The answer does not depend on ${quoted(left.slice(0, 10))}.`]
      : []),
  ];
  return remarks.length > 0 ? remarks.join(' ') : null;
}

/** The data of an answer. @throws GraphQLError with the code and the message of its first error */
function dataOf({ data, errors = [] }: AnsweredAgain): unknown {
  const [first] = errors;
  if (first) throw codedError(String(first.extensions?.code ?? 'INTERNAL_SERVER_ERROR') as ErrorCode, first.message);
  return data ?? null;
}

const AskedQuestionRef = lazyType((base) =>
  base.builder.objectRef<AskedQuestion>('AskedQuestion').implement({
    description: 'How a question in words was read, the GraphQL document that asks it, and the answer.',
    fields: (t) => ({
      reading: t.field({
        type: [ReadWords(base)],
        nullable: { list: false, items: false },
        description: 'The words that the document follows from, in their order.',
        resolve: ({ reading }) => reading.understood,
      }),
      leftOut: t.stringList({
        nullable: { list: false, items: false },
        description: 'Words that the document does not depend on, though they may say something.',
        resolve: ({ reading }) => reading.leftOut.map(({ written }) => written),
      }),
      remark: t.string({
        nullable: true,
        description: 'What was not understood; null if all was.',
        resolve: ({ reading }) => remarkOf(reading),
      }),
      document: t.string({
        nullable: false,
        description: 'The GraphQL document that asks the question. Where it cannot be read, a search for its words.',
        resolve: ({ reading }) => reading.document,
      }),
      variables: t.field({
        type: 'JSON',
        nullable: false,
        description: 'Variables of the document.',
        resolve: ({ reading }) => reading.variables,
      }),
      cost: t.int({
        nullable: true,
        description:
          'Estimated cost of the document, which is charged to the caller beside that of this operation when it is answered.',
        resolve: async ({ answered }) => (await answered()).extensions?.cost?.estimated ?? null,
      }),
      answer: t.field({
        type: 'JSON',
        nullable: true,
        description:
          'Data of the answer to the document. The document is asked as an operation of the caller, with the same limits.',
        resolve: async ({ answered }) => dataOf(await answered()),
      }),
    }),
  }),
);

/** Answers a document through the front door, once. Those of one operation are answered one after another. */
function answering(context: Context, { document, variables }: QuestionReading): AskedQuestion['answered'] {
  let answered: Promise<AnsweredAgain> | undefined;
  return () => {
    const { askAgain, leavePlace } = context;
    if (!askAgain)
      throw badUserInput('The document is only answered where operations are asked over HTTP. Ask it yourself.');
    if (!answered) {
      answered = context.asking.last.then(() => {
        leavePlace();
        return askAgain({ query: document, variables });
      });
      context.asking.last = answered.catch(() => undefined);
    }
    return answered;
  };
}

export const addAsk = lazyType((base) => {
  base.builder.queryField('ask', (t) =>
    t.field({
      earlierStates: false,
      type: AskedQuestionRef(base),
      nullable: true,
      args: {
        question: t.arg.string({
          required: true,
          description: `A question in English or Chinese; of a longer one, the first ${LONGEST_QUESTION} characters are read.`,
        }),
      },
      description:
        'Reads a question in words, such as `how many laboratories per region` would be in a graph of laboratories: names of kinds, entities, values, relations and properties, with comparisons, years, negation, ranks and groups. A grammar over the ontology reads it, the same words always in the same way. Select `document` to see what is asked, and `answer` to ask it.',
      resolve: async (_, { question }, context) => {
        if (question.trim() === '') throw badUserInput('`question` must not be empty. Pass at least one word.');
        const reading = await readQuestion(context.graph, question);
        return { reading, answered: answering(context, reading) };
      },
    }),
  );
});
