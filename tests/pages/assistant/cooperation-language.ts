import { explorer } from '../../../src/cooperation/explorer.ts';
import { cooperation } from '../../../src/cooperation/ontology.ts';
import { know, relationOfField, speakTo, typeOf, typeOfField } from '../../../src/pages/assistant/language.ts';
import { know as knowInExplorer, settings } from '../../../src/pages/explorer/settings/known.ts';
import { answerSettings } from '../../../src/pages/shared/answer-settings.ts';
import { explorerOf } from '../../../src/pages/views/contents.ts';

const { settingsIn } = explorerOf(cooperation, explorer);

/** The page as the server gives it to a host, in a language. */
export function speak(locale: string): void {
  const settingsOf = (language: 'en' | 'zh-Hans') => answerSettings(cooperation, settingsIn(language));
  know({ en: settingsOf('en'), 'zh-Hans': settingsOf('zh-Hans') });
  speakTo(locale);
}

/** Lets the explorer speak again: files of one worker share the words of the pages. */
export function leave(): void {
  speak('en');
  knowInExplorer(settings());
}

export const naming = { typeOf, typeOfField, relationOfField };
