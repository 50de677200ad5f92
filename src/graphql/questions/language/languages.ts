import { chinese } from './chinese.ts';
import { english } from './english.ts';
import type { GrammarWords } from './grammar-words.ts';

/** The languages in which questions are understood, by tag. */
export const grammarWords: Readonly<Record<string, GrammarWords>> = { en: english, 'zh-Hans': chinese };
