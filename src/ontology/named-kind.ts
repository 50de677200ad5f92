import { constantCase } from './letter-case.ts';
import type { Ontology } from './ontology.ts';
import type { Kind } from './vocabulary.ts';

type Kinds = Pick<Ontology, 'kindNames'>;

/** The kind that the API calls by this name, such as `COUNTRY_GROUP`; `undefined` if there is none. */
export const namedKind = ({ kindNames }: Kinds, name: unknown): Kind | undefined =>
  kindNames.find((kind) => constantCase(kind) === name);

/** What to tell somebody who named a kind that does not exist. */
export const noSuchKind = ({ kindNames }: Kinds, name: string): string =>
  `There is no kind ${name}. The kinds are ${kindNames.map(constantCase).join(', ')}.`;
