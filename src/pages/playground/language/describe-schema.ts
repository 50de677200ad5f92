import type { ExecutionResult, IntrospectionQuery } from 'graphql';
import { describedBy } from './described.ts';
import { graphSettings } from './graph-settings.ts';
import { language } from './language.ts';

/** The response to an introspection query, described in the language of the page. */
export async function describeSchema(result: ExecutionResult): Promise<ExecutionResult> {
  const settings = language === 'en' ? undefined : await graphSettings();
  if (!settings || !result.data) return result;
  return { ...result, data: { ...describedBy(settings, result.data as unknown as IntrospectionQuery) } };
}
