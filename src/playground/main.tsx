import { createRoot } from 'react-dom/client';
import './style/libraries.css';
import './style/playground.css';
import './style/result.css';
import { Playground } from './playground.tsx';
import { loadExamples } from './questions/example.ts';
import { createKeeping } from './questions/keeping.ts';
import { linkedIn } from './questions/link.ts';
import { chooseOperation } from './questions/open-question.ts';
import { createExchanges } from './requests/exchange.ts';
import { createFetcher } from './requests/fetcher.ts';
import type { Headers } from './requests/send.ts';
import { provideWorkers } from './workers.ts';

/** Minimum page width in pixels for the cookbook beside the editors. */
const WIDE = 900;

provideWorkers();

const keeping = createKeeping(localStorage, sessionStorage);
const exchanges = createExchanges();

/** The stored headers, if they can be parsed. */
function headersKept(): Headers {
  try {
    return JSON.parse(keeping.headers()) as Headers;
  } catch {
    return {};
  }
}

const fetcher = createFetcher(exchanges, headersKept);

const examples = await loadExamples();
const linked = linkedIn(location.search, examples);
chooseOperation(linked?.operationName);
if (linked) {
  keeping.makeRoom();
  keeping.keepQuestion(linked);
}

const place = document.getElementById('playground');
if (!place) throw new Error('The page has no element for the playground.');
createRoot(place).render(
  <Playground
    examples={examples}
    linked={linked}
    keeping={keeping}
    exchanges={exchanges}
    fetcher={fetcher}
    showsCookbook={innerWidth >= WIDE && !new URLSearchParams(location.search).has('query')}
  />,
);
