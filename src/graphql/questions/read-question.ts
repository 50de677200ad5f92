import type { Graph } from '../../engine/graph/graph.ts';
import { foldText } from '../../engine/search/folding.ts';
import { namedAlike, namedInQuestion } from '../../engine/search/meanings/named-in-question.ts';
import { wordsOf } from '../../engine/search/words.ts';
import type { Ontology } from '../../ontology/ontology.ts';
import { completed, divide } from './divide.ts';
import { type WrittenQuestion, writtenQuestion } from './document.ts';
import { interpret } from './interpret.ts';
import { grammarWords } from './language/languages.ts';
import { lexiconOf } from './lexicon.ts';
import { isFiller } from './meanings.ts';
import type { Interpretation } from './meant.ts';
import { endOfName, questionTokens } from './tokens.ts';

/** How a question was read, and the document that asks it. */
export interface QuestionReading extends Interpretation, WrittenQuestion {
  /** Whether only its beginning was read. */
  readonly isCut: boolean;
}

/** Characters and words that are read of a question. */
export const LONGEST_QUESTION = 300;
const MOST_TOKENS = 60;

/** What does not stand in words: control characters and all others that are not shown. */
const unseen = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}]+/gu;

/** Whether words may say of which kind something is, so that it is worth while to read them. */
export function mayNameKinds(ontology: Ontology, words: string): boolean {
  const lexicon = lexiconOf(ontology);
  const tokens = questionTokens(words);
  return tokens.some(({ singular }, start) =>
    lexicon
      .get(singular)
      ?.some(
        ({ name, meaning: { is } }) =>
          (is === 'kind' || is === 'value' || is === 'relation' || is === 'role') &&
          endOfName(tokens, start, name) !== undefined,
      ),
  );
}

/** Reads a question. Any text is safe to pass. @throws GraphError */
export async function readQuestion(graph: Graph, question: string): Promise<QuestionReading> {
  const { ontology } = graph;
  const text = [...question.slice(0, 2 * LONGEST_QUESTION)]
    .slice(0, LONGEST_QUESTION)
    .join('')
    .replace(unseen, ' ')
    .trim();
  const all = questionTokens(text);
  const tokens = all.slice(0, MOST_TOKENS);
  const words = wordsOf(foldText(text)).slice(0, MOST_TOKENS);
  const named = await namedInQuestion(graph, words);
  const divided = divide(tokens, ontology, named);
  const open = divided.filter(({ meanings }) => meanings.length === 0);
  const alike =
    open.length > 0
      ? await namedAlike(
          graph,
          open.flatMap(({ written }) => wordsOf(foldText(written))),
        )
      : [];
  const parts = completed(divided, tokens, ontology, [...alike, ...named.entities]);
  const telling = parts.filter((part) => !isFiller(part));
  const signs = tokens.filter(({ ideograph }) => ideograph).length;
  const language = signs > tokens.length / 2 ? grammarWords['zh-Hans'] : grammarWords.en;
  const interpretation = interpret(ontology, telling.length > 0 ? parts : [], language?.describesBefore ?? false, text);
  const isCut = question.length > text.length + 50 || all.length > tokens.length;
  return { ...interpretation, ...writtenQuestion(ontology, interpretation.asked), isCut };
}
