import { describeSettings, readConfig } from '../../config.ts';
import { hideUserInformation } from '../../service/settings/hide-user-information.ts';
import { SettingsError } from '../../service/settings/settings-error.ts';
import type { Environment, SettingDescription } from '../../service/settings/settings-reader.ts';
import { settingsSchema } from '../../service/settings/settings-schema.ts';
import { readVariables } from '../../service/settings/variables-file.ts';
import { faultsOfFiles } from './session/faults-of-files.ts';
import { unknownSettings } from './session/unknown-settings.ts';

type Print = (line: string) => void;

/** Prints the settings as JSON Schema. */
export const printSchema = (print: Print): void => print(JSON.stringify(settingsSchema(describeSettings()), null, 2));

/** All faults of the settings and of their files, those that do not exist included. */
export function faultsOf(env: Environment): readonly string[] {
  const more = [...faultsOfFiles(env), ...unknownSettings(env)];
  try {
    readConfig(env);
    return more;
  } catch (error) {
    if (error instanceof SettingsError) return [...error.faults, ...more];
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
    const value =
      given === '' ? `(${shownDefault(setting)})` : setting.isSecret ? '(secret)' : hideUserInformation(given);
    print(`  ${name.padEnd(width)}  ${value}`);
  }
}
