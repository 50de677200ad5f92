import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { didYouMean } from '../changes/check/did-you-mean.ts';
import { describeSettings, readConfig } from '../config.ts';
import { SettingsError } from '../settings/settings-error.ts';
import type { Environment, SettingDescription } from '../settings/settings-reader.ts';
import { OWN_NAMES, settingsSchema } from '../settings/settings-schema.ts';

type Print = (line: string) => void;

/** Prints the settings as JSON Schema. */
export const printSchema = (print: Print): void => print(JSON.stringify(settingsSchema(describeSettings()), null, 2));

/** Variables of a file: JSON with an object of them, or a line `NAME=value` for each. @throws SettingsError */
function readVariables(file: string): Environment {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new SettingsError([`${file} cannot be read: ${error instanceof Error ? error.message : error}`]);
  }
  if (!text.trimStart().startsWith('{')) return parseEnv(text) as Environment;
  try {
    const entries = Object.entries(JSON.parse(text) as Record<string, unknown>);
    return Object.fromEntries(entries.map(([name, value]) => [name, value === null ? undefined : String(value)]));
  } catch {
    throw new SettingsError([`${file} is neither an object in JSON nor a list of lines such as PORT=4000.`]);
  }
}

/** Settings that do not exist, with what was probably meant. */
function unknownSettings(env: Environment, known: ReadonlyMap<string, SettingDescription>): readonly string[] {
  return Object.keys(env)
    .filter((name) => OWN_NAMES.test(name) && !known.has(name) && env[name] !== '')
    .map((name) => {
      // What all have in common says nothing of what was meant.
      const own = [...known.keys()]
        .filter((other) => OWN_NAMES.test(other))
        .map((other) => other.replace(OWN_NAMES, ''));
      const meant = didYouMean(name.replace(OWN_NAMES, ''), own);
      return `There is no setting ${name}${meant === undefined ? '' : `; SILKGRAPH_${meant} is probably meant`}.`;
    });
}

/** All faults of the settings, those that do not exist included. */
export function faultsOf(env: Environment): readonly string[] {
  const unknown = unknownSettings(env, describeSettings());
  try {
    readConfig(env);
    return unknown;
  } catch (error) {
    if (error instanceof SettingsError) return [...error.faults, ...unknown];
    throw error;
  }
}

const shownDefault = ({ schema }: SettingDescription) => (schema.default === undefined ? 'not set' : schema.default);

/**
 * Checks the settings of the environment, or of a file, without starting anything, and prints each with its value.
 * @throws SettingsError with every fault
 */
export function checkConfig(environment: Environment, file: string | undefined, print: Print): void {
  const env = file === undefined ? environment : readVariables(file);
  const faults = faultsOf(env);
  if (faults.length > 0) throw new SettingsError(faults);
  const described = [...describeSettings()].sort(([one], [other]) => (one < other ? -1 : 1));
  const width = Math.max(...described.map(([name]) => name.length));
  print(`The settings are valid${file === undefined ? '' : `: ${file}`}.`);
  for (const [name, setting] of described) {
    const given = env[name]?.trim() ?? '';
    const value = given === '' ? `(${shownDefault(setting)})` : setting.isSecret ? '(secret)' : given;
    print(`  ${name.padEnd(width)}  ${value}`);
  }
}
