import { say } from '../drawing/say.ts';
import { isLanguage } from '../explorer/languages.ts';
import { languageNames } from '../explorer/pages/page-language.ts';
import { chooseLanguage, language } from './language/language.ts';

/** Chooses the language of both pages on this device. */
export function LanguageSwitch() {
  return (
    <select
      className="language"
      aria-label={say('Language')}
      value={language}
      onChange={({ target: { value } }) => {
        if (isLanguage(value)) chooseLanguage(value);
      }}
    >
      {Object.entries(languageNames).map(([tag, name]) => (
        <option key={tag} value={tag} lang={tag}>
          {name}
        </option>
      ))}
    </select>
  );
}
