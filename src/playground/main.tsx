import type { ExecutionResult, IntrospectionQuery } from 'graphql';
import { createRoot } from 'react-dom/client';
import './style/libraries.css';
import './style/playground.css';
import './style/result.css';
import './style/variables.css';
import { describedBy } from './language/described.ts';
import { graphSettings } from './language/graph-settings.ts';
import { language } from './language/language.ts';
import { speakLanguage } from './language/speak-language.ts';
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

/** The schema, with what the ontology calls its parts in the language of the page. */
async function describe(result: ExecutionResult): Promise<ExecutionResult> {
  const settings = language === 'en' ? undefined : await graphSettings();
  if (!settings || !result.data) return result;
  return { ...result, data: { ...describedBy(settings, result.data as unknown as IntrospectionQuery) } };
}

const fetcher = createFetcher(exchanges, headersKept, describe);

const [examples] = await Promise.all([loadExamples(language), speakLanguage()]);
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
