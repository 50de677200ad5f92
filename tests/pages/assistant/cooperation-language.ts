import { explorer } from '../../../src/cooperation/explorer.ts';
import { cooperation } from '../../../src/cooperation/ontology.ts';
import { know, relationOfField, speakTo, typeOf, typeOfField } from '../../../src/pages/assistant/language.ts';
import { answerSettings } from '../../../src/pages/shared/answer-settings.ts';
import { explorerOf } from '../../../src/pages/views/contents.ts';

const { settingsIn } = explorerOf(cooperation, explorer);

/** The page as the server gives it to a host, in a language. */
export function speak(locale: string): void {
  const settingsOf = (language: 'en' | 'zh-Hans') => answerSettings(cooperation, settingsIn(language));
  know({ en: settingsOf('en'), 'zh-Hans': settingsOf('zh-Hans') });
  speakTo(locale);
}

export const naming = { typeOf, typeOfField, relationOfField };
