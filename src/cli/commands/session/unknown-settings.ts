import { describeSettings } from '../../../config.ts';
import { didYouMean } from '../../../engine/changes/check/did-you-mean.ts';
import type { Environment } from '../../../service/settings/settings-reader.ts';
import { OWN_NAMES } from '../../../service/settings/settings-schema.ts';

/** Names that other programs give to settings of the database. */
const foreignNames: Readonly<Record<string, string>> = {
  NEO4J_URL: 'NEO4J_URI',
  NEO4J_USER: 'NEO4J_USERNAME',
  NEO4J_PASS: 'NEO4J_PASSWORD',
};

/** Settings under foreign names, which would be ignored: the server would start a database of its own. */
const misnamed = (env: Environment): readonly string[] =>
  Object.entries(foreignNames)
    .filter(([foreign, own]) => (env[foreign] ?? '') !== '' && (env[own] ?? '') === '')
    .map(([foreign, own]) => `There is no setting ${foreign}; ${own} is probably meant.`);

/** Settings that do not exist, with what was probably meant. */
export function unknownSettings(env: Environment): readonly string[] {
  const known = describeSettings();
  // What all have in common says nothing of what was meant.
  const own = [...known.keys()].filter((name) => OWN_NAMES.test(name)).map((name) => name.replace(OWN_NAMES, ''));
  const unknown = Object.keys(env)
    .filter((name) => OWN_NAMES.test(name) && !known.has(name) && (env[name] ?? '') !== '')
    .map((name) => {
      const meant = didYouMean(name.replace(OWN_NAMES, ''), own);
      return `There is no setting ${name}${meant === undefined ? '' : `; SILKGRAPH_${meant} is probably meant`}.`;
    });
  return [...unknown, ...misnamed(env)];
}
