import { hash } from 'node:crypto';
import type { Role } from '../../engine/access/viewer.ts';
import { createTextHashes } from '../../engine/graph/text-hashes.ts';
import { isObject } from '../../graphql/internal-client/json.ts';
import { limits } from '../../graphql/limits.ts';
import type { TrustedDocuments } from '../documents/trusted-documents.ts';
import { isTrusted, namedDocument, namedId } from '../documents/use-persisted-documents.ts';

/** The parameters of a request, as they were sent. */
export type Parameters = Readonly<Record<string, unknown>>;

/** Identifies a question. */
export interface QuestionKey {
  /** Of the operation: its document and its name. */
  readonly operation: string;
  /** Of the operation with its variables, and with what its caller may see. */
  readonly question: string;
}

/** JSON in one spelling: the fields of an object have no order. `undefined` if it is nested too deep. */
export function canonicalJson(value: unknown, depth = 0): string | undefined {
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  if (depth > limits.bodyDepth) return undefined;
  let text = '';
  if (Array.isArray(value)) {
    for (const item of value) {
      const part = canonicalJson(item, depth + 1);
      if (part === undefined) return undefined;
      text += text === '' ? part : `,${part}`;
    }
    return `[${text}]`;
  }
  const names = Object.keys(value);
  if (names.length > 1) names.sort();
  for (const name of names) {
    const part = canonicalJson((value as Record<string, unknown>)[name], depth + 1);
    if (part === undefined) return undefined;
    text += `${text === '' ? '' : ','}${JSON.stringify(name)}:${part}`;
  }
  return `{${text}}`;
}

const hashForm = /^[\da-f]{64}$/;

const sha256 = (text: string) => hash('sha256', text, 'base64url');

/** A request with any other is refused, whether or not its answer is stored. */
const PARAMETERS: ReadonlySet<string> = new Set(['query', 'operationName', 'variables', 'extensions']);

/** Longer variables are identified by their hash. */
const LONGEST_VALUES = 200;

/** Identifies the questions of requests. */
export interface QuestionKeys {
  /** @returns `undefined` if the parameters are not those of an operation, or if other plugins have to decide what it is */
  of(parameters: Parameters, role: Role | null): QuestionKey | undefined;
}

export function createQuestionKeys(trusted: TrustedDocuments | undefined): QuestionKeys {
  const hashOf = createTextHashes('hex');

  /** The SHA-256 of the document of a request. */
  function documentHash({ query, extensions }: Parameters): string | undefined {
    const id = namedId(extensions);
    if (id === undefined) {
      if (typeof query !== 'string' || query === '') return undefined;
      return !trusted || isTrusted(query, trusted) ? hashOf(query) : undefined;
    }
    if (query !== undefined && query !== null) return undefined;
    if (!trusted) return hashForm.test(id) ? id : undefined;
    const text = namedDocument(extensions, trusted);
    return text === undefined ? undefined : hashOf(text);
  }

  return {
    of(parameters, role) {
      const { operationName, variables, extensions } = parameters;
      if (!Object.keys(parameters).every((name) => PARAMETERS.has(name))) return undefined;
      if (extensions !== undefined && extensions !== null && !isObject(extensions)) return undefined;
      if (operationName !== undefined && operationName !== null && typeof operationName !== 'string') return undefined;
      if (variables !== undefined && variables !== null && !isObject(variables)) return undefined;
      const values = canonicalJson(variables ?? {});
      if (values === undefined) return undefined;
      const document = documentHash(parameters);
      if (document === undefined) return undefined;
      const name = operationName ?? '';
      const operation = `${document} ${name.length > LONGEST_VALUES ? sha256(name) : JSON.stringify(name)}`;
      const given = values.length > LONGEST_VALUES ? sha256(values) : values;
      return { operation, question: `${operation} ${role ?? ''} ${given}` };
    },
  };
}
