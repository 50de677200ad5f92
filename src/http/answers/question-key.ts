import { hash } from 'node:crypto';
import type { Role } from '../../access/viewer.ts';
import { limits } from '../../schema/limits.ts';
import { isObject } from '../documents/json-bodies.ts';
import { isTrusted, namedDocument, type TrustedDocuments } from '../documents/use-persisted-documents.ts';

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
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  if (depth > limits.bodyDepth) return undefined;
  const isList = Array.isArray(value);
  const parts: string[] = [];
  for (const key of isList ? value.keys() : Object.keys(value).sort()) {
    const part = canonicalJson((value as Record<number | string, unknown>)[key], depth + 1);
    if (part === undefined) return undefined;
    parts.push(isList ? part : `${JSON.stringify(key)}:${part}`);
  }
  return isList ? `[${parts.join()}]` : `{${parts.join()}}`;
}

const hashForm = /^[\da-f]{64}$/;

const sha256 = (text: string, encoding: 'base64url' | 'hex' = 'base64url') => hash('sha256', text, encoding);

/** The SHA-256 of the document of a request; `undefined` if other plugins have to decide what it is. */
function documentHash({ query, extensions }: Parameters, trusted: TrustedDocuments | undefined): string | undefined {
  const persisted = isObject(extensions) ? extensions.persistedQuery : undefined;
  const sent = isObject(persisted) ? persisted.sha256Hash : undefined;
  if (persisted === undefined || persisted === null) {
    if (typeof query !== 'string' || query === '') return undefined;
    return !trusted || isTrusted(query, trusted) ? sha256(query, 'hex') : undefined;
  }
  if (query !== undefined && query !== null) return undefined;
  if (!trusted) return typeof sent === 'string' && hashForm.test(sent) ? sent : undefined;
  const text = namedDocument(extensions, trusted);
  return text === undefined ? undefined : sha256(text, 'hex');
}

/** @returns `undefined` if the parameters are not those of an operation */
export function questionKey(
  parameters: Parameters,
  role: Role | null,
  trusted: TrustedDocuments | undefined,
): QuestionKey | undefined {
  const { operationName, variables } = parameters;
  if (operationName !== undefined && operationName !== null && typeof operationName !== 'string') return undefined;
  if (variables !== undefined && variables !== null && !isObject(variables)) return undefined;
  const values = canonicalJson(variables ?? {});
  if (values === undefined) return undefined;
  const document = documentHash(parameters, trusted);
  if (document === undefined) return undefined;
  const operation = `${document} ${JSON.stringify(operationName ?? '')}`;
  return { operation: sha256(operation), question: sha256(`${operation} ${role ?? ''} ${values}`) };
}
