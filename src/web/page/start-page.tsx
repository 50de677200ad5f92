import type { SourceCard } from '../../drawing/answers.ts';
import { dateInWords, inWords, plural, qualified } from '../../drawing/words.ts';
import { ask } from '../api/ask.ts';
import { ontologyResource } from '../api/ontology.ts';
import { queries } from '../api/queries.ts';
import { singleResource } from '../api/resource.ts';
import { addressOf, firstView, type Step } from '../navigation/address.ts';
import { addressWith } from '../navigation/navigation.ts';
import { withStep } from '../navigation/steps.ts';
import { Await, Glyph, GraphiqlLink, Sources, WithCode } from '../parts/parts.tsx';

interface Total {
  readonly counted: string;
  readonly expected: number;
  readonly qualifier: string;
  readonly held: number;
  readonly kind: string;
  readonly indicator: {
    readonly slug: string;
    readonly name: string;
    readonly date: string | null;
    readonly unit: string;
    readonly sources: { readonly nodes: readonly SourceCard[] };
  } | null;
}

interface Totals {
  readonly gaps: { readonly totals: readonly Total[] };
  readonly designated: { readonly totalCount: number };
  readonly labs: { readonly totalCount: number };
  readonly context: { readonly totalCount: number };
}

const totals = singleResource(() => ask<Totals>({ query: queries.totals }));

const graphOf = (...steps: readonly Step[]) => addressOf(steps.reduce(withStep, firstView));

const questions: readonly { readonly title: string; readonly hint: string; readonly address: string }[] = [
  {
    title: 'Which laboratories are designated, and with which partner countries?',
    hint: 'Graph',
    address: graphOf({ do: 'ask', question: 'designated-labs' }),
  },
  {
    title: 'Which laboratories work on artificial intelligence, and with which partners?',
    hint: 'Graph',
    address: graphOf({ do: 'ask', question: 'labs-on-artificial-intelligence' }),
  },
  {
    title: 'How is Kenya connected with crop science?',
    hint: 'Paths',
    address: graphOf({ do: 'paths', from: 'ke', to: 'crop-science' }),
  },
  {
    title: 'Which technology-transfer platforms exist, and which countries do they serve?',
    hint: 'Graph',
    address: graphOf({ do: 'ask', question: 'platforms' }),
  },
  {
    title: 'Which institutions take part in more than one designated laboratory?',
    hint: 'Graph',
    address: graphOf({ do: 'ask', question: 'hosts-of-several-designated-labs' }),
  },
  {
    title: 'How are Kenya and Thailand connected?',
    hint: 'Paths',
    address: graphOf({ do: 'paths', from: 'ke', to: 'th' }),
  },
  {
    title: 'Which members, programmes and events does the African Union have?',
    hint: 'Graph',
    address: graphOf({ do: 'open', slug: 'african-union' }),
  },
  {
    title: 'Where are the partner countries?',
    hint: 'Map',
    address: addressOf({ ...firstView, page: 'map' }),
  },
  {
    title: 'What has happened when, and what was announced?',
    hint: 'Timeline',
    address: addressOf({ ...firstView, page: 'timeline' }),
  },
];

function Trust({ designated, labs, context }: Totals) {
  return (
    <p class="trust">
      <strong>
        Only {designated.totalCount} of the {labs.totalCount} laboratories in this dataset are officially designated
      </strong>{' '}
      <em>Belt and Road Joint Laboratories</em>. The rest are context: bilateral, planned and other joint laboratories,{' '}
      {context.totalCount} of them outside the scope of the designation. Every count and chart says which laboratories
      it includes.
    </p>
  );
}

/** Bar with the share of the official total that is in the dataset. */
function Share({ held, expected }: { readonly held: number; readonly expected: number }) {
  const share = Math.min(1, held / Math.max(1, expected));
  return (
    <svg class="share" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
      <rect class="whole" width="100" height="4" />
      <rect class="part" width={100 * share} height="4" />
    </svg>
  );
}

function OfficialTotal({ total }: { readonly total: Total }) {
  const { counted, expected, qualifier, held, indicator } = total;
  return (
    <li class="total">
      <p class="figures">
        <span class="held">{held.toLocaleString('en')}</span> in this dataset,{' '}
        <span class="against">
          of <strong>{qualified(expected, qualifier)}</strong> {indicator?.unit ?? ''} reported officially
          {indicator?.date && ` (${dateInWords(indicator.date)})`}
        </span>
      </p>
      <Share held={held} expected={expected} />
      <p class="counted">{counted}</p>
      {indicator && <Sources sources={indicator.sources.nodes} isOwn />}
    </li>
  );
}

/** The start page: example questions, coverage of the official totals, and contents. */
export function StartPage() {
  return (
    <div class="start">
      <section class="intro">
        <h1>Science and technology cooperation along the Belt and Road, with sources</h1>
        <Await resource={totals()} what="the official totals">
          {Trust}
        </Await>
      </section>
      <section aria-labelledby="questions-title">
        <h2 id="questions-title">Start with a question</h2>
        <ul class="questions">
          {questions.map(({ title, hint, address }) => (
            <li key={address}>
              <a href={address}>
                <span>{title}</span> <span class="hint">{hint}</span>
              </a>
            </li>
          ))}
        </ul>
      </section>
      <section aria-labelledby="totals-title">
        <h2 id="totals-title">Coverage of official totals</h2>
        <Await resource={totals()} what="the official totals">
          {({ gaps }) => (
            <ul class="totals">
              {gaps.totals.map((total) => (
                <OfficialTotal key={total.counted} total={total} />
              ))}
            </ul>
          )}
        </Await>
        <GraphiqlLink asked={{ query: queries.totals }} />
      </section>
      <section aria-labelledby="contents-title">
        <h2 id="contents-title">Contents</h2>
        <Await resource={ontologyResource()} what="the contents">
          {({ kinds, relations }) => (
            <>
              <ul class="kinds">
                {kinds.map(({ kind, description, count }) => (
                  <li key={kind}>
                    <Glyph kind={kind} size={18} />
                    <span class="count">{count.toLocaleString('en')}</span>
                    <span class="kind">{plural(count, inWords(kind))}</span>
                    <p>
                      <WithCode text={description} />
                    </p>
                  </li>
                ))}
              </ul>
              <p class="hint">
                Connected by {relations.reduce((sum, { count }) => sum + count, 0).toLocaleString('en')} relations of{' '}
                {relations.length} types. <a href={addressWith({ page: 'about' })}>How reliable is the data?</a>
              </p>
            </>
          )}
        </Await>
        <GraphiqlLink asked={{ query: queries.ontology }} />
      </section>
    </div>
  );
}
