import { effect } from '@preact/signals';
import { view } from '../navigation/navigation.ts';
import { language } from '../settings/language.ts';

let isLoaded = false;

/** Loads the style sheet of the Chinese font, which the first view does without where it has no Chinese. */
function load(): void {
  if (isLoaded) return;
  isLoaded = true;
  const link = document.createElement('link');
  link.rel = 'stylesheet';
  link.href = FONTS;
  document.head.append(link);
}

/** Loads the Chinese font at once in Chinese, and in English once names in Chinese may be shown or typed. */
export function provideChineseFont(): void {
  addEventListener('focusin', load, { once: true });
  effect(() => {
    if (language === 'zh-Hans' || view.value.page !== 'start') load();
  });
}
