import { say } from '../../drawing/say.ts';
import { notLoaded } from '../language/not-loaded.ts';
import type { Exchange } from '../requests/exchange.ts';
import { button, field, part } from './elements.ts';
import { type Answer, ask } from './first-answer.ts';
import type { FirstText } from './first-text.ts';

/** Time without a key or a move of the pointer, in ms, after which the editor may be replaced. */
const PAUSE = 600;

/** What was done in the first editor. */
export interface Left {
  /** The text that it began with. */
  readonly given: FirstText;
  readonly query: string;
  readonly variables: string;
  /** What was selected in the query, if the cursor was there. */
  readonly selection?: readonly [from: number, to: number];
  readonly exchange?: Exchange;
  /** The answer as it was shown. */
  readonly shown?: string;
  /** Whether an operation was started that the first editor cannot follow. */
  readonly isToRun: boolean;
}

export interface FirstEditor {
  /** Settles when the editor is not used and nothing is queried. */
  quiet(): Promise<void>;
  /** Waits for that, then returns what was done. */
  leave(): Promise<Left>;
  /** Removes the editor, once another one has taken its place. */
  remove(): void;
  /** Says that no other one will take its place. */
  stay(): void;
}

/**
 * A plain editor that is there before GraphiQL, which takes seconds on a slow connection: a query can be written and run.
 *
 * @param runs whether to run the query at once
 */
export function openFirstEditor(
  place: HTMLElement,
  given: FirstText,
  headers: Readonly<Record<string, string>>,
  runs: boolean,
): FirstEditor {
  const query = field(say('Query'), given.query);
  const variables = field(say('Variables'), given.variables);
  const result = part('pre', 'first-result', { tabindex: '0', role: 'region', 'aria-label': say('Result') });
  const status = part('p', 'first-status', { role: 'status' }, say('Loading completion, documentation and cookbook …'));
  const runButton = button(say('Run'), say('Run query (Ctrl-Enter)'));
  const editors = part('div', 'first-editors', {}, query.label, given.variables.trim() === '' ? '' : variables.label);
  const section = part('div', 'first', {}, part('div', 'first-bar', {}, runButton, status), editors, result);

  let answered: Answer = {};
  let isToRun = false;
  let isComposing = false;
  let touched: number | undefined;
  let stop: AbortController | undefined;
  let running: Promise<void> = Promise.resolve();

  async function run(): Promise<void> {
    stop?.abort();
    const own = new AbortController();
    stop = own;
    isToRun = false;
    result.textContent = say('Loading …');
    const text = { ...given, query: query.area.value, variables: variables.area.value };
    const answer = await ask(text, headers, own.signal);
    if (own.signal.aborted) return;
    answered = answer;
    isToRun = answer === 'later';
    result.textContent = answer === 'later' ? say('Starts once the editor is complete …') : (answer.shown ?? '');
  }

  const start = () => {
    running = run();
  };
  runButton.addEventListener('click', start);
  for (const event of ['keydown', 'input', 'pointerdown', 'pointermove', 'compositionend'])
    section.addEventListener(event, () => {
      touched = performance.now();
    });
  section.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    start();
  });
  section.addEventListener('compositionstart', () => {
    isComposing = true;
  });
  section.addEventListener('compositionend', () => {
    isComposing = false;
  });

  place.replaceChildren(section);
  if (runs) start();

  const isUsed = () => isComposing || (touched !== undefined && performance.now() - touched < PAUSE);

  /** Waits for the answer, and for the next pause of keys and pointer. */
  async function quiet(): Promise<void> {
    for (let last: Promise<void> | undefined; last !== running; ) {
      last = running;
      await last;
    }
    if (!isUsed()) return;
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
    return quiet();
  }

  return {
    quiet,
    async leave() {
      await quiet();
      const { area } = query;
      return {
        given,
        query: area.value,
        variables: variables.area.value,
        ...(document.activeElement === area && { selection: [area.selectionStart, area.selectionEnd] as const }),
        ...(answered !== 'later' && answered),
        isToRun,
      };
    },
    remove: () => place.remove(),
    stay() {
      status.textContent = notLoaded();
    },
  };
}
