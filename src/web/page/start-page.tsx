import type { SourceCard } from '../../drawing/answers.ts';
import { dateInWords, inWords, plural, qualified } from '../../drawing/words.ts';
import { ask } from '../api/ask.ts';
import { ontologyResource } from '../api/ontology.ts';
import { queries } from '../api/queries.ts';
import { singleResource } from '../api/resource.ts';
import { addressOf, firstView, type Step } from '../navigation/address.ts';
import { addressWith } from '../navigation/navigation.ts';
import { withStep } from '../navigation/steps.ts';
import { Await, Glyph, GraphiqlLink, Sources } from '../parts/parts.tsx';

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
  readonly titled: { readonly totalCount: number };
  readonly labs: { readonly totalCount: number };
  readonly context: { readonly totalCount: number };
}

const totals = singleResource(() => ask<Totals>({ query: queries.totals }));

const graphOf = (...steps: readonly Step[]) => addressOf(steps.reduce(withStep, firstView));

const questions: readonly { readonly title: string; readonly hint: string; readonly address: string }[] = [
  {
    title: 'Which laboratories carry the title, and with which countries?',
    hint: 'Graph',
    address: graphOf({ do: 'ask', question: 'titled-labs' }),
  },
  {
    title: 'Which laboratories work on artificial intelligence, and with whom?',
    hint: 'Graph',
    address: graphOf({ do: 'ask', question: 'labs-on-artificial-intelligence' }),
  },
  {
    title: 'How is Kenya connected with crop science?',
    hint: 'Paths',
    address: graphOf({ do: 'paths', from: 'ke', to: 'crop-science' }),
  },
  {
    title: 'Which technology-transfer platforms are there, and whom do they serve?',
    hint: 'Graph',
    address: graphOf({ do: 'ask', question: 'platforms' }),
  },
  {
    title: 'Which institutions have a part in more than one titled laboratory?',
    hint: 'Graph',
    address: graphOf({ do: 'ask', question: 'hosts-of-several-titled-labs' }),
  },
  {
    title: 'What ties Kenya and Thailand together?',
    hint: 'Paths',
    address: graphOf({ do: 'paths', from: 'ke', to: 'th' }),
  },
  {
    title: 'What is around the African Union: members, programs, events?',
    hint: 'Graph',
    address: graphOf({ do: 'open', slug: 'african-union' }),
  },
  {
    title: 'Where in the world are the partners?',
    hint: 'Map',
    address: addressOf({ ...firstView, page: 'map' }),
  },
  {
    title: 'What happened when, and what was announced?',
    hint: 'Timeline',
    address: addressOf({ ...firstView, page: 'timeline' }),
  },
];

function Trust({ titled, labs, context }: Totals) {
  return (
    <p class="trust">
      <strong>
        Only {titled.totalCount} of the {labs.totalCount} laboratories held here carry the title
      </strong>{' '}
      <em>Belt and Road Joint Laboratory</em> in a source. The rest is context: bilateral, planned and other joint
      laboratories, {context.totalCount} of them outside its scope. Every count and picture here says which it counts.
    </p>
  );
}

/** The share that is held, as a bar under the figures. */
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
        <span class="held">{held.toLocaleString('en')}</span> held
        <span class="against">
          against <strong>{qualified(expected, qualifier)}</strong> {indicator?.unit ?? ''} stated officially
          {indicator?.date && `, ${dateInWords(indicator.date)}`}
        </span>
      </p>
      <Share held={held} expected={expected} />
      <p class="counted">{counted}</p>
      {indicator && <Sources sources={indicator.sources.nodes} isOwn />}
    </li>
  );
}

/** What is in here, what can be asked, and how much of the official whole is held. */
export function StartPage() {
  return (
    <div class="start">
      <section class="intro">
        <h1>Who works with whom along the Belt and Road, and who says so?</h1>
        <Await resource={totals()} what="the official totals">
          {Trust}
        </Await>
      </section>
      <section aria-labelledby="questions-title">
        <h2 id="questions-title">Begin with a question</h2>
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
        <h2 id="totals-title">Official totals, and what is held</h2>
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
        <h2 id="contents-title">What is in here</h2>
        <Await resource={ontologyResource()} what="what is held">
          {({ kinds, relations }) => (
            <>
              <ul class="kinds">
                {kinds.map(({ kind, description, count }) => (
                  <li key={kind}>
                    <Glyph kind={kind} size={18} />
                    <span class="count">{count.toLocaleString('en')}</span>
                    <span class="kind">{plural(count, inWords(kind))}</span>
                    <p>{description}</p>
                  </li>
                ))}
              </ul>
              <p class="hint">
                They are held together by {relations.reduce((sum, { count }) => sum + count, 0).toLocaleString('en')}{' '}
                relations of {relations.length} types.{' '}
                <a href={addressWith({ page: 'about' })}>How far can they be trusted?</a>
              </p>
            </>
          )}
        </Await>
        <GraphiqlLink asked={{ query: queries.ontology }} />
      </section>
    </div>
  );
}
