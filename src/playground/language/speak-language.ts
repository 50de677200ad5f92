import { say, tell } from '../../drawing/say.ts';
import { speak, spell } from '../../drawing/words.ts';
import { graphSettings } from './graph-settings.ts';
import { language } from './language.ts';
import { tellEditors } from './monaco-texts.ts';
import { namesOf } from './names.ts';
import { tellLibraries } from './spoken.ts';

/** Makes the page speak its language, before anything of it is drawn. Texts that are not English are loaded when they are wanted. */
export async function speakLanguage(): Promise<void> {
  document.documentElement.lang = language;
  if (language === 'en') return;
  const [{ messages, nouns }, { graphiqlMessages }, { editorMessages }, settings] = await Promise.all([
    import('./chinese.ts'),
    import('./graphiql-chinese.ts'),
    import('./editor-chinese.ts'),
    graphSettings(),
  ]);
  tell(messages);
  tellLibraries(graphiqlMessages);
  tellEditors(editorMessages);
  spell(settings?.spelling ?? {});
  speak({ language, graph: settings?.graphLanguage, names: settings ? namesOf(settings) : {}, nouns });
  const title = say('Silkgraph playground');
  document.title = title;
  const heading = document.querySelector('h1');
  if (heading) heading.textContent = title;
}
