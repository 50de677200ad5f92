import { say, tell } from '../../drawing/say.ts';
import { speak, spell } from '../../drawing/words.ts';
import { graphSettings } from './graph-settings.ts';
import { language } from './language.ts';
import { namesOf } from './names.ts';

/** Sets the language of the texts of the page, before anything of it is drawn. The menus of GraphiQL stay in English. */
export async function speakLanguage(): Promise<void> {
  document.documentElement.lang = language;
  if (language === 'en') return;
  const [{ messages, nouns }, settings] = await Promise.all([import('./chinese.ts'), graphSettings()]);
  tell(messages);
  spell(settings?.spelling ?? {});
  speak({ language, graph: settings?.graphLanguage, names: settings ? namesOf(settings) : {}, nouns });
  const title = say('Silkgraph playground');
  document.title = title;
  const heading = document.querySelector('h1');
  if (heading) heading.textContent = title;
}
