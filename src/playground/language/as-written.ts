import { languageOfGraph } from '../../drawing/words.ts';
import { type AsWritten, asWritten as asWrittenIn } from '../../explorer/languages.ts';
import { language } from './language.ts';

/** Attributes of an element with a name or a value of the graph: its language, if another one, and direction. */
export const asWritten = (text: string): AsWritten => asWrittenIn(text, language, languageOfGraph());
