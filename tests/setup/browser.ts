import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';
import './built-pages.ts';

const installed = [
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** A browser of a test reaches nothing but this machine. */
const isolated = '--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1 , EXCLUDE localhost';

/** Starts a Chromium: the one that npm brought where it runs, else one that is installed; none where there is neither. */
export async function launchBrowser(): Promise<Browser | undefined> {
  if (process.platform === 'linux' && process.arch === 'x64') {
    const { default: packed } = await import('@sparticuz/chromium');
    // No page needs a graphics card, and without one each would be drawn by the processor as a card would draw it.
    packed.setGraphicsMode = false;
    const args = [...packed.args, '--disable-gpu', isolated];
    return chromium.launch({ executablePath: await packed.executablePath(), args, headless: true });
  }
  const executablePath = installed.find((path) => existsSync(path));
  return executablePath === undefined
    ? undefined
    : chromium.launch({ executablePath, args: [isolated], headless: true });
}
