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

/** Longest time in ms that a page waits for its Chinese characters. */
const LONGEST_WAIT = 3_000;

/** Whether the machine has Chinese characters: they are as wide as they are high, boxes in their place are not. */
function hasChinese(): boolean {
  const pen = document.createElement('canvas').getContext('2d');
  if (!pen) return true;
  pen.font = '100px sans-serif';
  return Math.abs(pen.measureText('国').width - 100) < 1;
}

/**
 * Hides a page in Chinese until its characters are there, on machines that have none of their own: boxes in their place have
 * other widths, so that lines would break elsewhere and move what is below.
 */
export async function revealWithFont(place: HTMLElement): Promise<void> {
  if (language !== 'zh-Hans' || hasChinese()) return;
  place.style.visibility = 'hidden';
  const late = new Promise((resolve) => setTimeout(resolve, LONGEST_WAIT));
  // Browsers ask for characters once they have laid out a text that has them.
  const drawn = new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  await Promise.race([drawn.then(() => document.fonts.ready), late]);
  place.style.visibility = '';
}

/**
 * Loads the Chinese font at once in Chinese, else when the page shows Chinese or something may be typed or chosen.
 *
 * @returns settles when a page in Chinese may be drawn, so that it does not jump; at once in English
 */
export async function provideChineseFont(): Promise<void> {
  if (language === 'zh-Hans') return load();
  addEventListener('focusin', load, { once: true });
  const seen = new MutationObserver((records) => {
    const parts = records.flatMap(({ type, target, addedNodes }) =>
      type === 'characterData' ? [target] : [...addedNodes],
    );
    if (parts.some(showsChinese)) load();
    if (loading) seen.disconnect();
  });
  seen.observe(document.body, { subtree: true, childList: true, characterData: true });
}
