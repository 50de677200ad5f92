import { language } from '../settings/language.ts';

/** Characters of East Asian scripts, for which the font is. */
const EASTERN = /[\u2e80-\uffef]/;

let loading: Promise<void> | undefined;

/** Loads the style sheet of the Chinese font, which the first view does without where it has no Chinese. */
function load(): Promise<void> {
  loading ??= new Promise((resolve) => {
    const link = document.createElement('link');
    link.rel = 'stylesheet';
    link.href = FONTS;
    // Without the sheet, the page has the fonts of the machine.
    for (const end of ['load', 'error']) link.addEventListener(end, () => resolve());
    document.head.append(link);
  });
  return loading;
}

/** Loads the Chinese font for texts that are drawn, not written, where one of them is Chinese. */
export function loadChineseFontFor(texts: readonly string[]): void {
  if (texts.some((text) => EASTERN.test(text))) load();
}

/** Whether a part of the page shows Chinese. A list of choices does once it is opened. */
function showsChinese(part: Node): boolean {
  if (part instanceof HTMLSelectElement) return false;
  if (part instanceof HTMLInputElement) return EASTERN.test(part.value);
  return part instanceof Element ? [...part.childNodes].some(showsChinese) : EASTERN.test(part.textContent ?? '');
}

/** Longest time in ms that a page waits for boxes in place of Chinese characters. */
const LONGEST_WAIT = 3_000;

/**
 * Has Chinese characters of the machine, or boxes of their width, at hand before any are drawn: else lines would break elsewhere once the
 * font is there, and what is below would move. Without the file of boxes, the machine draws what it has.
 */
async function provideDeviceChinese(): Promise<void> {
  const late = new Promise((resolve) => setTimeout(resolve, LONGEST_WAIT));
  await Promise.race([document.fonts.load('1em "Device Chinese"', '国').catch(() => {}), late]);
}

/**
 * Loads the Chinese font at once in Chinese, else when the page shows Chinese or something may be typed or chosen.
 *
 * @returns settles when the page may be drawn
 */
export async function provideChineseFont(): Promise<void> {
  if (language === 'zh-Hans') {
    await Promise.all([load(), provideDeviceChinese()]);
    return;
  }
  addEventListener('focusin', load, { once: true });
  const seen = new MutationObserver((records) => {
    const parts = records.flatMap(({ type, target, addedNodes }) =>
      type === 'characterData' ? [target] : [...addedNodes],
    );
    if (parts.some(showsChinese)) load();
    if (loading) seen.disconnect();
  });
  seen.observe(document.body, { subtree: true, childList: true, characterData: true });
  await provideDeviceChinese();
}
