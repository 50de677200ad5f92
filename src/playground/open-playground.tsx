import type { ExecutionResult, IntrospectionQuery } from 'graphql';
import { createRoot } from 'react-dom/client';
import './style/libraries.css';
import './style/playground.css';
import './style/result.css';
import './style/variables.css';
import type { FirstEditor } from './first/first-editor.ts';
import { loadSheet } from './first/load-parts.ts';
import { describedBy } from './language/described.ts';
import { graphSettings } from './language/graph-settings.ts';
import { language } from './language/language.ts';
import { speakLanguage } from './language/speak-language.ts';
import { Playground } from './playground.tsx';
import type { Example } from './questions/example.ts';
import type { Keeping } from './questions/keeping.ts';
import type { Linked } from './questions/link.ts';
import { chooseOperation } from './questions/open-question.ts';
import { createExchanges } from './requests/exchange.ts';
import { createFetcher } from './requests/fetcher.ts';
import { keptHeaders } from './requests/kept-headers.ts';
import { provideWorkers } from './workers.ts';

/** Minimum page width in pixels for the cookbook beside the editors. */
const WIDE = 900;

/** The schema, with what the ontology calls its parts in the language of the page. */
async function describe(result: ExecutionResult): Promise<ExecutionResult> {
  const settings = language === 'en' ? undefined : await graphSettings();
  if (!settings || !result.data) return result;
  return { ...result, data: { ...describedBy(settings, result.data as unknown as IntrospectionQuery) } };
}

export interface OpenedPlayground {
  readonly place: HTMLElement;
  readonly first: FirstEditor;
  readonly keeping: Keeping;
  readonly examples: readonly Example[];
  readonly linked: Linked | undefined;
}

/** Opens GraphiQL below the first editor, which it replaces once its own editors stand. */
export async function openPlayground({ place, first, keeping, examples, linked }: OpenedPlayground): Promise<void> {
  provideWorkers();
  await speakLanguage();
  chooseOperation(linked?.operationName);
  if (linked) {
    keeping.makeRoom();
    keeping.keepQuestion(linked);
  }
  const exchanges = createExchanges();
  const covered: FirstEditor = {
    ...first,
    remove() {
      first.remove();
      place.inert = false;
      if (language === 'en') loadSheet(place.dataset.fonts ?? '');
    },
  };
  createRoot(place).render(
    <Playground
      examples={examples}
      linked={linked}
      first={covered}
      keeping={keeping}
      exchanges={exchanges}
      fetcher={createFetcher(exchanges, () => keptHeaders(keeping), describe)}
      showsCookbook={innerWidth >= WIDE && (!linked || new URLSearchParams(location.search).has('example'))}
    />,
  );
}
