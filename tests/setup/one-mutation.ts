import { cooperation } from '../../src/cooperation/ontology.ts';
import { actions, linkField } from '../../src/graphql/mutations/mutation-definitions.ts';
import { relationTypeName } from '../../src/graphql/names.ts';

type Input = Readonly<Record<string, unknown>>;

/** A mutation, with its input, and the path to what was given. */
export interface OneMutation {
  readonly field: string;
  readonly input: Input;
  readonly path: readonly string[];
}

const ofRequest = ['reason', 'idempotencyKey', 'dryRun'];

/** The operation of a transaction that `createLab`, `deleteLab`, `linkHostedBy` or `unlinkHostedBy` stands for. */
export function operation(
  name: string,
  input: Input,
): { readonly field: string; readonly given: Input; readonly path: readonly string[] } {
  const [, field = '', what = ''] = /^([a-z]+)(.+)$/.exec(name) ?? [];
  const relation = cooperation.relationTypes.find((type) => relationTypeName(type) === what) ?? '';
  if (field === 'delete') return { field, given: { kind: enumName(what), ...input }, path: [] };
  if (field === 'unlink') return { field, given: { type: relation, ...input }, path: [] };
  const key = field === 'link' ? linkField(relation) : cooperation.kind(what).singular;
  return { field, given: { [key]: input }, path: [key] };
}

const enumName = (kind: string) => kind.replace(/(?<=[a-z])(?=[A-Z])/g, '_').toUpperCase();

/** The mutation that such a name stands for, which tests of many kinds and relations use. Other names stand for themselves. */
export function oneMutation(name: string, input: Input): OneMutation {
  if (!/^(create|update|upsert|delete|link|unlink)[A-Z]/.test(name)) return { field: name, input, path: ['input'] };
  const isOfRequest = ([key]: readonly [string, unknown]) => ofRequest.includes(key);
  const own = Object.fromEntries(Object.entries(input).filter((entry) => !isOfRequest(entry)));
  const { field, given, path } = operation(name, own);
  const { of } = actions[field as keyof typeof actions];
  const request = Object.fromEntries(Object.entries(input).filter(isOfRequest));
  return { field, input: { [of]: given, ...request }, path: ['input', of, ...path] };
}
