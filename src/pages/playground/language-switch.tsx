import { say } from '../drawing/say.ts';
import { languageNames } from '../shared/page-language.ts';
import { isLanguage } from '../views/languages.ts';
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
