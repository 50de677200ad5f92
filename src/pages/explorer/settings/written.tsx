import { languageOfGraph } from '../../drawing/words.ts';
import { type AsWritten, asWritten as asWrittenIn } from '../../views/languages.ts';
import { language } from './language.ts';

/** Attributes of an element with a name, a text or a value of the graph: its language, if another one, and direction. */
export const asWritten = (text: string): AsWritten => asWrittenIn(text, language, languageOfGraph());

/** A name, a text or a value of the graph, marked so. */
export const Written = ({ text }: { readonly text: string }) => <span {...asWritten(text)}>{text}</span>;
