import { editDistance } from '../../engine/search/edit-distance.ts';
import type { Nameable, NamedInQuestion } from '../../engine/search/meanings/named-in-question.ts';
import { typosAllowed } from '../../engine/search/words.ts';
import { getOrInsert } from '../../ontology/get-or-insert.ts';
import type { Ontology } from '../../ontology/ontology.ts';
import { grammarWords } from './language/languages.ts';
import { lexiconOf } from './lexicon.ts';
import { isFiller, type Meaning, type Part } from './meanings.ts';
import { endOfName, nameTokens, type QuestionToken, writtenOf } from './tokens.ts';

interface Candidate {
  readonly start: number;
  readonly end: number;
  readonly meaning: Meaning;
}

/** Letters of a name that is only meant where it is written in capitals: many short words are codes, too. */
const SHORT = 2;

/** A name, and the parts of it by which it is called, too: `STARLab` of `Xinghai Laboratory (STARLab)`, what comes after a colon. */
const calledBy = (name: string): readonly string[] => {
  const inside = [...name.matchAll(/[（(](?=[\p{Lu}\p{Script=Han}])([^)）]{2,40})[)）]/gu)].flatMap(
    ([, text = '']) => text,
  );
  const outside = name.replace(/\s*[（(][^)）]*[)）]/g, '').trim();
  const last = name.includes(': ') ? name.split(': ').slice(1) : [];
  return [...new Set([name, outside, ...inside, ...last])].filter((text) => text !== '');
};

const isWrittenSo = (question: readonly QuestionToken[], start: number, end: number): boolean => {
  const written = question.slice(start, end).map((token) => token.written);
  return (
    written.join('').length > SHORT ||
    written.every((word) => /\p{Lu}|\p{Script=Han}/u.test(word) && word === word.toUpperCase())
  );
};

/** Where all of the names of entities and classes stand. */
function namedCandidates(
  question: readonly QuestionToken[],
  { entities, classes }: NamedInQuestion,
): readonly Candidate[] {
  const found: Candidate[] = [];
  const add = (text: string, meaning: Meaning) => {
    const name = nameTokens(text);
    for (const start of question.keys()) {
      const end = endOfName(question, start, name);
      if (end !== undefined && isWrittenSo(question, start, end)) found.push({ start, end, meaning });
    }
  };
  for (const { slug, kind, names } of entities) {
    const meaning = { is: 'entity', kind, slug, name: names[0] ?? slug, share: 1 } as const;
    for (const name of new Set(names.flatMap(calledBy))) add(name, meaning);
    if (slug.includes('-')) add(slug, meaning);
  }
  for (const { kind, property, value } of classes) {
    add(value, { is: 'value', kind, property, values: [value], isText: true });
  }
  return found;
}

/** Where the words of the ontology and of grammar stand. */
function lexiconCandidates(question: readonly QuestionToken[], ontology: Ontology): readonly Candidate[] {
  const lexicon = lexiconOf(ontology);
  return question.flatMap(({ singular, text, written }, start) => {
    const entries = lexicon.get(singular) ?? [];
    const found = entries.flatMap(({ name, meaning }) => {
      const end = endOfName(question, start, name);
      return end === undefined ? [] : [{ start, end, meaning }];
    });
    if (!/^\d{1,9}$/.test(text)) return found;
    const isYear = /^[12]\d{3}$/.test(written);
    const meaning: Meaning = isYear ? { is: 'year', year: Number(text) } : { is: 'number', number: Number(text) };
    return [...found, { start, end: start + 1, meaning }];
  });
}

/** Whether a word of grammar is a name here, because it is written in capitals: WHO. */
const isCapitalName = (question: readonly QuestionToken[], { start, end, meaning }: Candidate): boolean =>
  meaning.is === 'entity' && end === start + 1 && /^\p{Lu}{2,}$/u.test(question[start]?.written ?? '');

/** Words of grammar and numbers, which are codes of entities too. */
const isGrammar = ({ is }: Meaning): boolean => is === 'sign' || is === 'filler' || is === 'number' || is === 'year';

/** What a word that every question may have is not taken for: `about` is no figure of such a kind, 中 no medium confidence. */
const isGuess = (is: Meaning['is']): boolean => is === 'entity' || is === 'value';

const order: Readonly<Record<Meaning['is'], number>> = {
  ...{ sign: 0, number: 1, year: 1, kind: 2, entity: 3, value: 4, role: 5, relation: 6, property: 7, filler: 8 },
};

/** Divides a question into parts: the longest names first. What is left are words that nothing is known by. */
function longestFirst(question: readonly QuestionToken[], candidates: readonly Candidate[]): readonly Part[] {
  const spans = new Map<string, Candidate[]>();
  for (const candidate of candidates)
    getOrInsert(spans, `${candidate.start} ${candidate.end}`, () => []).push(candidate);
  const sorted = [...spans.values()].flatMap((all) => (all[0] ? [{ start: all[0].start, end: all[0].end, all }] : []));
  sorted.sort((left, right) => right.end - right.start - (left.end - left.start) || left.start - right.start);
  const taken = new Set<number>();
  const parts: Part[] = [];
  for (const { start, end, all } of sorted) {
    const places = Array.from({ length: end - start }, (_, index) => start + index);
    if (places.some((at) => taken.has(at))) continue;
    for (const at of places) taken.add(at);
    const capital = all.some((one) => isCapitalName(question, one));
    const grammar = all.filter(({ meaning }) => isGrammar(meaning));
    const kept =
      grammar.length > 0 && end === start + 1
        ? capital
          ? all.filter((one) => !grammar.includes(one))
          : grammar.concat(
              all.filter(({ meaning: { is } }) => !isGuess(is) && !grammar.some((one) => one.meaning.is === is)),
            )
        : all;
    const meanings = kept.map(({ meaning }) => meaning).toSorted((left, right) => order[left.is] - order[right.is]);
    const unique = [...new Map(meanings.map((one) => [JSON.stringify(one), one])).values()];
    parts.push({ start, end, written: writtenOf(question.slice(start, end)), meanings: unique });
  }
  const open: Part[] = [];
  for (const [at, token] of question.entries()) {
    if (taken.has(at)) continue;
    const last = open.at(-1);
    const isLonger = last?.end === at && token.ideograph && question[at - 1]?.ideograph;
    if (last && isLonger) open[open.length - 1] = { ...last, end: at + 1, written: last.written + token.written };
    else open.push({ start: at, end: at + 1, written: token.written, meanings: [] });
  }
  return [...parts, ...open].toSorted((left, right) => left.start - right.start);
}

/** A kind that was named is not forgotten in the name of what its entities belong to: `landlocked developing countries`. */
function withKindsOfMembers(parts: readonly Part[], candidates: readonly Candidate[], ontology: Ontology) {
  if (parts.filter((part) => !isFiller(part)).length === 1) return parts;
  return parts.flatMap((part): readonly Part[] => {
    const [entity] = part.meanings;
    if (entity?.is !== 'entity') return [part];
    const last = candidates.find(
      ({ start, end, meaning }) =>
        meaning.is === 'kind' &&
        start > part.start &&
        end === part.end &&
        ontology.relationTypes.some(
          (type) =>
            ontology.relation(type).searched === 'whole' &&
            ontology.kindsAt(type, 'from').includes(meaning.kind) &&
            ontology.kindsAt(type, 'to').includes(entity.kind),
        ),
    );
    if (!last) return [part];
    return [
      { ...part, end: last.start },
      { start: last.start, end: part.end, written: part.written, meanings: [last.meaning] },
    ];
  });
}

/** A kind that was named is not forgotten in the name of a relation to it: `artists born` in London are artists. */
function withKindsOfRelations(
  question: readonly QuestionToken[],
  parts: readonly Part[],
  candidates: readonly Candidate[],
  ontology: Ontology,
): readonly Part[] {
  return parts.flatMap((part): readonly Part[] => {
    const [name, ...others] = part.meanings;
    if (name?.is !== 'relation' || !name.toward || others.length > 0) return [part];
    // Where signs begin a longer word, what is left is none: 合作国家.
    if (question[part.start]?.ideograph) return [part];
    const kinds = ontology.kindsAt(name.relation, name.toward === 'forward' ? 'to' : 'from');
    const first = candidates.find(
      ({ start, end, meaning }) =>
        meaning.is === 'kind' && kinds.includes(meaning.kind) && start === part.start && end < part.end,
    );
    if (!first) return [part];
    return [
      { ...part, end: first.end, meanings: [first.meaning] },
      { ...part, start: first.end, meanings: [{ is: 'relation', relation: name.relation }] },
    ];
  });
}

export function divide(
  question: readonly QuestionToken[],
  ontology: Ontology,
  named: NamedInQuestion,
): readonly Part[] {
  const candidates = [...lexiconCandidates(question, ontology), ...namedCandidates(question, named)];
  const longest = withKindsOfRelations(question, longestFirst(question, candidates), candidates, ontology);
  const parts = withKindsOfMembers(longest, candidates, ontology);
  return parts.map((part) => ({ ...part, written: writtenOf(question.slice(part.start, part.end)) }));
}

const similar = (asked: QuestionToken, named: QuestionToken): boolean => {
  if (asked.text === named.text || asked.singular === named.singular) return true;
  const typos = typosAllowed({ text: asked.singular, ideographs: asked.ideograph });
  return typos > 0 && editDistance(asked.singular, named.singular, typos) <= typos;
};

/** Less of a name is no name. */
const LEAST_SHARE = 0.5;

/** The parts that open words may stand for after all: a misspelt name, or half of a longer one. */
export function completed(
  parts: readonly Part[],
  question: readonly QuestionToken[],
  ontology: Ontology,
  alike: readonly Nameable[],
): readonly Part[] {
  const names = alike.flatMap(({ kind, slug, names: all }) =>
    all.flatMap(calledBy).map((text) => ({ kind, slug, name: all[0] ?? slug, tokens: nameTokens(text) })),
  );
  const isOpen = (part: Part | undefined) => part !== undefined && part.meanings.length === 0;
  const done: Part[] = [];
  for (let index = 0; index < parts.length; index += 1) {
    const part = parts[index];
    if (!part) break;
    if (!isOpen(part)) {
      done.push(part);
      continue;
    }
    let next = index;
    while (isOpen(parts[next + 1])) next += 1;
    const end = parts[next]?.end ?? part.end;
    const asked = question.slice(part.start, end);
    const kinds = alikeInLexicon(asked, ontology);
    const found = kinds.length > 0 ? [] : bestAlike(asked, names);
    if (found.length + kinds.length === 0) done.push(...parts.slice(index, next + 1));
    else done.push({ start: part.start, end, written: writtenOf(asked), meanings: [...found, ...kinds] });
    index = next;
  }
  return done;
}

interface SomeName {
  readonly kind: string;
  readonly slug: string;
  readonly name: string;
  readonly tokens: readonly QuestionToken[];
}

function bestAlike(asked: readonly QuestionToken[], names: readonly SomeName[]): readonly Meaning[] {
  const shares = names.flatMap(({ kind, slug, name, tokens }) => {
    const runs = tokens.flatMap((_, from) => {
      const run = asked.map((__, at) => tokens[from + at]);
      return asked.every((token, at) => run[at] && similar(token, run[at])) ? [{ from, run }] : [];
    });
    const [first] = runs;
    const length = asked.length / tokens.length;
    if (!first || length < LEAST_SHARE) return [];
    // What is written so is meant before what is misspelt, and a name is rather cut at its end.
    const isExact = first.run.every((token, at) => token?.singular === asked[at]?.singular);
    const share = Math.min(length, 0.99) / (isExact ? 1 : 2) - (first.from > 0 ? 0.01 : 0);
    return [{ is: 'entity', kind, slug, name, share } as const];
  });
  const best = [
    ...new Map(shares.toSorted((left, right) => left.share - right.share).map((one) => [one.slug, one])).values(),
  ];
  return best.toSorted((left, right) => right.share - left.share).slice(0, 5);
}

/** Kinds that a misspelt word may name. */
function alikeInLexicon(asked: readonly QuestionToken[], ontology: Ontology): readonly Meaning[] {
  const isAlike = (name: readonly QuestionToken[]) =>
    name.length === asked.length &&
    asked.every((token, at) => {
      const named = name[at];
      return named !== undefined && similar(token, named);
    });
  return [...lexiconOf(ontology).values()]
    .flat()
    .flatMap(({ name, meaning }) => (meaning.is === 'kind' && isAlike(name) ? [meaning] : []));
}

/** The measure words of all languages, which stand between a number and what it counts. */
export const measures: ReadonlySet<string> = new Set(Object.values(grammarWords).flatMap((words) => words.measures));
