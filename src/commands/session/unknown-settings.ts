import { didYouMean } from '../../changes/check/did-you-mean.ts';
import { describeSettings } from '../../config.ts';
import type { Environment } from '../../settings/settings-reader.ts';
import { OWN_NAMES } from '../../settings/settings-schema.ts';

/** Settings that do not exist, with what was probably meant. */
export function unknownSettings(env: Environment): readonly string[] {
  const known = describeSettings();
  // What all have in common says nothing of what was meant.
  const own = [...known.keys()].filter((name) => OWN_NAMES.test(name)).map((name) => name.replace(OWN_NAMES, ''));
  return Object.keys(env)
    .filter((name) => OWN_NAMES.test(name) && !known.has(name) && (env[name] ?? '') !== '')
    .map((name) => {
      const meant = didYouMean(name.replace(OWN_NAMES, ''), own);
      return `There is no setting ${name}${meant === undefined ? '' : `; SILKGRAPH_${meant} is probably meant`}.`;
    });
}
