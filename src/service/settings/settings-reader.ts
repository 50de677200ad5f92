import { hideUserInformation } from './hide-user-information.ts';

/** Environment variables. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** What there is to say about one setting, noted when it is read. */
export interface SettingDescription {
  readonly description: string;
  /** What its value may be, in JSON Schema. */
  readonly schema: Readonly<Record<string, unknown>>;
  readonly isSecret: boolean;
}

interface TextOptions {
  /** In JSON Schema, beside the type. */
  readonly schema?: Readonly<Record<string, unknown>>;
  readonly isSecret?: boolean;
}

/** How a text becomes a value. */
interface Parsed<Value> {
  readonly parse: (text: string) => Value | undefined;
  /** What the text must be, after its name and value: `it must be …`. */
  readonly must: string;
  readonly pattern?: string;
  /** It may contain a password. */
  readonly isSecret?: boolean;
}

/** Reads settings by their names, and notes what each of them may be. An empty variable counts as absent. */
export interface SettingsReader {
  readonly described: ReadonlyMap<string, SettingDescription>;
  readonly faults: string[];
  text(name: string, description: string, options?: TextOptions): string | undefined;
  /** A text that may begin or end with a space, and is never shown. */
  secret(name: string, description: string): string | undefined;
  whole(name: string, description: string, range: { least: number; most: number; otherwise: number }): number;
  oneOf<Word extends string>(name: string, description: string, words: readonly Word[], otherwise: Word): Word;
  /** The same for a setting whose absence has a meaning of its own. */
  oneOfIfSet<Word extends string>(name: string, description: string, words: readonly Word[]): Word | undefined;
  isOn(name: string, description: string, otherwise: 'on' | 'off'): boolean;
  parsed<Value>(name: string, description: string, parsed: Parsed<Value>): Value | undefined;
  /** A list of words that are separated by commas or spaces. */
  list(name: string, description: string, isValid: (word: string) => boolean, accepts: string): readonly string[];
}

const shown = (text = '') => hideUserInformation(JSON.stringify(text));

export function createSettingsReader(env: Environment): SettingsReader {
  const described = new Map<string, SettingDescription>();
  const faults: string[] = [];

  const note = (name: string, description: string, schema: SettingDescription['schema'], isSecret = false) =>
    described.set(name, { description, schema, isSecret });
  const given = (name: string) => env[name]?.trim() || undefined;
  const mustBe = (name: string, must: string) => faults.push(`${name} is ${shown(given(name))}; it must be ${must}.`);

  function oneOfIfSet<Word extends string>(
    name: string,
    description: string,
    words: readonly Word[],
    otherwise?: Word,
  ): Word | undefined {
    note(name, description, { enum: words, ...(otherwise === undefined ? {} : { default: otherwise }) });
    const text = given(name);
    if (text === undefined) return undefined;
    const word = words.find((known) => known === text);
    if (word === undefined) mustBe(name, `one of ${words.join(', ')}`);
    return word;
  }

  const oneOf = <Word extends string>(name: string, description: string, words: readonly Word[], otherwise: Word) =>
    oneOfIfSet(name, description, words, otherwise) ?? otherwise;

  return {
    described,
    faults,
    text(name, description, { schema = {}, isSecret = false } = {}) {
      note(name, description, { type: 'string', ...schema }, isSecret);
      return given(name);
    },
    secret(name, description) {
      note(name, description, { type: 'string' }, true);
      return env[name] || undefined;
    },
    whole(name, description, { least, most, otherwise }) {
      note(name, description, {
        type: ['integer', 'string'],
        minimum: least,
        maximum: most,
        pattern: '^\\d+$',
        default: otherwise,
      });
      const text = given(name);
      if (text === undefined) return otherwise;
      const number = /^\d+$/.test(text) ? Number(text) : Number.NaN;
      if (number >= least && number <= most) return number;
      mustBe(name, `a whole number from ${least} to ${most}`);
      return otherwise;
    },
    oneOf,
    oneOfIfSet,
    isOn: (name, description, otherwise) => oneOf(name, description, ['on', 'off'], otherwise) === 'on',
    parsed(name, description, { parse, must, pattern, isSecret }) {
      note(name, description, { type: 'string', ...(pattern === undefined ? {} : { pattern }) }, isSecret);
      const text = given(name);
      if (text === undefined) return undefined;
      const value = parse(text);
      if (value === undefined && isSecret) faults.push(`${name} must be ${must}.`);
      else if (value === undefined) mustBe(name, must);
      return value;
    },
    list(name, description, isValid, accepts) {
      note(name, description, { type: 'string' });
      const words = (given(name) ?? '').split(/[\s,]+/).filter((word) => word !== '');
      for (const word of words) {
        if (!isValid(word)) faults.push(`${name} contains ${shown(word)}; it accepts ${accepts}.`);
      }
      return words;
    },
  };
}
