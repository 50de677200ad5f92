import { QuestionFailed } from '../../../graphql/internal-client/ask.ts';
import type { JsonSchema } from '../../../graphql/internal-client/json.ts';
import { constantCase } from '../../../ontology/letter-case.ts';
import { namedKind, noSuchKind } from '../../../ontology/named-kind.ts';
import type { Ontology } from '../../../ontology/ontology.ts';

export const text = (description: string, most: number): JsonSchema => ({
  type: 'string',
  minLength: 1,
  maxLength: most,
  description,
});

export const count = (description: string, most: number): JsonSchema => ({
  type: 'integer',
  minimum: 1,
  maximum: most,
  description,
});

export const slug = (description: string): JsonSchema => ({
  type: 'string',
  minLength: 1,
  maxLength: 200,
  description,
});

export const slugs = (description: string, most: number): JsonSchema => ({
  type: 'array',
  items: { type: 'string', minLength: 1, maxLength: 200 },
  minItems: 1,
  maxItems: most,
  description,
});

export const kind = ({ kindNames }: Ontology, description: string): JsonSchema => ({
  type: 'string',
  enum: kindNames.map(constantCase),
  description,
});

export const kinds = (ontology: Ontology, description: string): JsonSchema => ({
  type: 'array',
  items: { type: 'string', enum: ontology.kindNames.map(constantCase) },
  minItems: 1,
  description,
});

/** Not an enumeration: repeated in several tools, its values would cost an agent thousands of tokens. */
export const relations = (description: string): JsonSchema => ({
  type: 'array',
  items: { type: 'string', pattern: '^[A-Z][A-Z0-9_]*$' },
  minItems: 1,
  maxItems: 100,
  description: `${description} Types as in the tool \`ontology\`.`,
});

export const list = (description: string): JsonSchema => ({ type: 'array', items: { type: 'object' }, description });

/** The name of a kind that a client wrote as the API does. @throws QuestionFailed */
export function kindNamed(ontology: Ontology, name: unknown): string {
  const found = namedKind(ontology, name);
  if (found !== undefined) return found;
  throw new QuestionFailed('BAD_USER_INPUT', noSuchKind(ontology, String(name)));
}
