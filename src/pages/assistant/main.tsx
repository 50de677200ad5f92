import { render } from 'preact';
import { say } from '../drawing/say.ts';
import { AnswerPage } from './answer-page.tsx';
import { type Call, type Context, connectHost, type Host } from './host.ts';
import { know, speakTo } from './language.ts';

know(JSON.parse(document.getElementById('settings')?.textContent ?? ''));

const place = document.getElementById('answer');
const device = matchMedia('(prefers-color-scheme: dark)');

let call: Call = { state: 'waiting' };
let context: Context = {};
let host: Host = {};
/** Counts the answers and languages: each has a page of its own. */
let shown = 0;

function show(): void {
  const isDark = context.theme === undefined ? device.matches : context.theme === 'dark';
  document.documentElement.dataset.theme = isDark ? 'dark' : 'light';
  document.documentElement.lang = speakTo(context.locale ?? navigator.language);
  if (place)
    render(
      <>
        <h1 class="visually-hidden">{say('Answer')}</h1>
        <AnswerPage key={shown} call={call} isDark={isDark} host={host} />
      </>,
      place,
    );
}

show();
device.addEventListener('change', show);
host = await connectHost({
  called(next) {
    call = next;
    shown += 1;
    show();
  },
  shown(next) {
    if (next.locale !== context.locale) shown += 1;
    context = next;
    show();
  },
});
show();
