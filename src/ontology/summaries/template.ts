/**
 * A sentence with places for facts, in the notation of ICU MessageFormat as far as that goes:
 *
 * - `{type}` is a value, or the name of the one entity that a relation leads to;
 * - `{labs, plural, one {# laboratory} other {# laboratories}}` is chosen by a number, such as that of related entities;
 * - `{type, select, UNIVERSITY {a university} other {an institution}}` is chosen by a value;
 * - `{areas, list, other {# more}}` names what a relation leads to or a list holds, and counts what is too much to name;
 * - `[, opened {openedDate}]` is left out unless all its facts are there.
 */
export type Template = readonly Piece[];

export type Piece = string | NumberPlace | Optional | Place;

/** `#`, where the number of a `plural` or of a `list` stands. */
export interface NumberPlace {
  readonly number: true;
}

/** `[…]`. */
export interface Optional {
  readonly optional: Template;
}

/** `{…}`. */
export interface Place {
  /** A property, or the field of a relation. */
  readonly fact: string;
  /** @default the fact itself */
  readonly choice?: Choice;
  readonly cases: Readonly<Record<string, Template>>;
}

const choices = ['plural', 'select', 'list'] as const;

export type Choice = (typeof choices)[number];

/** A text that is no template. Its message is a sentence. */
export class InvalidTemplate extends Error {
  override readonly name = 'InvalidTemplate';
}

const ENDS: Readonly<Record<string, string>> = { '{': '}', '[': ']' };

/** Reads a text from its start to its end. */
class TemplateReader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  whole(): Template {
    const template = this.#pieces(false);
    if (this.#at < this.#text.length) throw this.#fault(`${this.#text[this.#at]} closes nothing`);
    return template;
  }

  #pieces(isCase: boolean): Template {
    const pieces: Piece[] = [];
    for (;;) {
      const text = this.#match(isCase ? /[^{}[\]#]+/y : /[^{}[\]]+/y);
      if (text !== undefined) pieces.push(text);
      const next = this.#text[this.#at];
      if (next === '[') pieces.push({ optional: this.#within('[', () => this.#pieces(isCase)) });
      else if (next === '{') pieces.push(this.#within('{', () => this.#place(isCase)));
      else if (next === '#') {
        this.#at += 1;
        pieces.push({ number: true });
      } else return pieces;
    }
  }

  #place(isCase: boolean): Place {
    const fact = this.#word('a property or a relation');
    if (!this.#comma()) return { fact, cases: {} };
    const named = this.#word('plural, select or list');
    const choice = choices.find((each) => each === named);
    if (!choice) throw this.#fault(`“${named}” is none of ${choices.join(', ')}`);
    if (!this.#comma()) throw this.#fault(`${choice} needs cases, such as other {…}`);
    const cases: Record<string, Template> = {};
    while (this.#text[this.#at] !== '}') {
      const name = this.#word('the name of a case');
      if (Object.hasOwn(cases, name)) throw this.#fault(`the case ${name} stands there twice`);
      cases[name] = this.#within('{', () => this.#pieces(isCase || choice !== 'select'));
      this.#match(/\s+/y);
    }
    return { fact, choice, cases };
  }

  #within<Part>(opening: string, read: () => Part): Part {
    if (this.#text[this.#at] !== opening) throw this.#fault(`${opening} is missing`);
    this.#at += 1;
    const part = read();
    if (this.#text[this.#at] !== ENDS[opening]) throw this.#fault(`${ENDS[opening]} is missing`);
    this.#at += 1;
    return part;
  }

  #word(expected: string): string {
    this.#match(/\s+/y);
    const word = this.#match(/=?\w+/y);
    if (word === undefined) throw this.#fault(`${expected} is missing`);
    this.#match(/\s+/y);
    return word;
  }

  #comma = (): boolean => this.#match(/,\s*/y) !== undefined;

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const [found] = pattern.exec(this.#text) ?? [];
    this.#at += found?.length ?? 0;
    return found;
  }

  #fault = (what: string) =>
    new InvalidTemplate(`${what}, after ${JSON.stringify(this.#text.slice(Math.max(0, this.#at - 30), this.#at))}`);
}

/** Reads a template. @throws InvalidTemplate */
export const parseTemplate = (text: string): Template => new TemplateReader(text).whole();

/** A template as text. */
export const printTemplate = (template: Template): string => template.map(printPiece).join('');

function printPiece(piece: Piece): string {
  if (typeof piece === 'string') return piece;
  if ('number' in piece) return '#';
  if ('optional' in piece) return `[${printTemplate(piece.optional)}]`;
  if (!piece.choice) return `{${piece.fact}}`;
  const cases = Object.entries(piece.cases).map(([name, template]) => `${name} {${printTemplate(template)}}`);
  return `{${piece.fact}, ${piece.choice}, ${cases.join(' ')}}`;
}

/** The places of a template, those inside of others too. */
export const placesIn = (template: Template): readonly Place[] =>
  template.flatMap((piece): readonly Place[] => {
    if (typeof piece === 'string' || 'number' in piece) return [];
    if ('optional' in piece) return placesIn(piece.optional);
    return [piece, ...Object.values(piece.cases).flatMap(placesIn)];
  });

/** What is left of a template without some facts; `undefined` if it says nothing without them. */
export function withoutFacts(template: Template, isLeft: (fact: string) => boolean): Template | undefined {
  const left: Piece[] = [];
  for (const piece of template) {
    if (typeof piece === 'string' || 'number' in piece) left.push(piece);
    else if ('optional' in piece) {
      const optional = withoutFacts(piece.optional, isLeft);
      if (optional) left.push({ optional });
    } else {
      if (!isLeft(piece.fact)) return undefined;
      const cases = Object.entries(piece.cases).flatMap(([name, each]) => {
        const kept = withoutFacts(each, isLeft);
        return kept ? [[name, kept] as const] : [];
      });
      if (cases.length < Object.keys(piece.cases).length) return undefined;
      left.push(piece);
    }
  }
  return left;
}
