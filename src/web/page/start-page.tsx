import type { SourceCard } from '../../drawing/answers.ts';
import { counted, dateInWords, qualified } from '../../drawing/words.ts';
import type { QuestionSettings } from '../../explorer/settings.ts';
import { ask } from '../api/ask.ts';
import { kindsInWords, ontologyResource } from '../api/ontology.ts';
import { singleResource } from '../api/resource.ts';
import { addressOf, firstView, type Step, shownPages } from '../navigation/address.ts';
import { addressWith } from '../navigation/navigation.ts';
import { withStep } from '../navigation/steps.ts';
import { Marked } from '../parts/marked.tsx';
import { Await, Glyph, GraphiqlLink, Sources, WithCode } from '../parts/parts.tsx';
import { queryNamed, settings } from '../settings/known.ts';

interface Total {
  readonly counted: string;
  readonly expected: number;
  readonly qualifier: string;
  readonly held: number;
  readonly kind: string;
  readonly figure:
    | ({ readonly slug: string; readonly sources?: { readonly nodes: readonly SourceCard[] } } & Readonly<
        Record<string, unknown>
      >)
    | null;
}

interface Totals {
  readonly gaps?: { readonly totals: readonly Total[] };
  /** Counts of the introduction. */
  readonly [name: string]: unknown;
}

const totals = singleResource(() => ask<Totals>({ query: queryNamed('totals') }));

const graphOf = (...steps: readonly Step[]) => addressOf(steps.reduce(withStep, firstView));

const pageHints = { map: 'Map', timeline: 'Timeline' } as const;

/** Where a question leads, and in which kind of view. */
function viewOfQuestion({ name, paths, open, page }: QuestionSettings): { address: string; hint: string } {
  if (page) return { address: addressOf({ ...firstView, page }), hint: pageHints[page] };
  if (paths) return { address: graphOf({ do: 'paths', from: paths[0], to: paths[1] }), hint: 'Paths' };
  if (open !== undefined) return { address: graphOf({ do: 'open', slug: open }), hint: 'Graph' };
  return { address: graphOf({ do: 'ask', question: name ?? '' }), hint: 'Graph' };
}

function countOf(value: unknown): string {
  const { totalCount } = (value ?? {}) as { readonly totalCount?: number };
  return totalCount === undefined ? '' : String(totalCount);
}

/** The introduction with its counts. */
function Introduction({ text }: { readonly text: string }) {
  const filled = (counts: Totals) => text.replace(/\{(\w+)\}/g, (_, name: string) => countOf(counts[name]));
  if (!text.includes('{')) {
    return (
      <p class="trust">
        <Marked text={text} />
      </p>
    );
  }
  return (
    <Await resource={totals()} what="the official totals">
      {(counts) => (
        <p class="trust">
          <Marked text={filled(counts)} />
        </p>
      )}
    </Await>
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
  const { counted: what, expected, qualifier, held, figure } = total;
  const { date: dateName = '', unit: unitName = '' } = settings().figures ?? {};
  const date = figure?.[dateName];
  return (
    <li class="total">
      <p class="figures">
        <span class="held">{held.toLocaleString('en')}</span> in this dataset,{' '}
        <span class="against">
          of <strong>{qualified(expected, qualifier)}</strong> {String(figure?.[unitName] ?? '')} reported officially
          {typeof date === 'string' && ` (${dateInWords(date)})`}
        </span>
      </p>
      <Share held={held} expected={expected} />
      <p class="counted">{what}</p>
      {figure?.sources && <Sources sources={figure.sources.nodes} isOwn />}
    </li>
  );
}

function Questions() {
  return (
    <section aria-labelledby="questions-title">
      <h2 id="questions-title">Start with a question</h2>
      <ul class="questions">
        {settings().questions.map((question) => {
          const { address, hint } = viewOfQuestion(question);
          return (
            <li key={address}>
              <a href={address}>
                <span>{question.title}</span> <span class="hint">{hint}</span>
              </a>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function OfficialTotals() {
  return (
    <section aria-labelledby="totals-title">
      <h2 id="totals-title">Coverage of official totals</h2>
      <Await resource={totals()} what="the official totals">
        {({ gaps }) => (
          <ul class="totals">
            {(gaps?.totals ?? []).map((total) => (
              <OfficialTotal key={total.counted} total={total} />
            ))}
          </ul>
        )}
      </Await>
      <GraphiqlLink asked={{ query: queryNamed('totals') }} />
    </section>
  );
}

function Contents() {
  return (
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
                  <span class="kind">{kindsInWords(count, kind)}</span>
                  <p>
                    <WithCode text={description} />
                  </p>
                </li>
              ))}
            </ul>
            <p class="hint">
              Connected by {relations.reduce((sum, { count }) => sum + count, 0).toLocaleString('en')} relations of{' '}
              {counted(relations.length, 'type')}.{' '}
              {shownPages().includes('about') && <a href={addressWith({ page: 'about' })}>How reliable is the data?</a>}
            </p>
          </>
        )}
      </Await>
      <GraphiqlLink asked={{ query: queryNamed('ontology') }} />
    </section>
  );
}

/** The start page: example questions, coverage of the official totals, and contents. */
export function StartPage() {
  const { title, introduction, questions, figures } = settings();
  return (
    <div class="start">
      <section class="intro">
        <h1>{title}</h1>
        {introduction !== null && <Introduction text={introduction} />}
      </section>
      {questions.length > 0 && <Questions />}
      {figures && <OfficialTotals />}
      <Contents />
    </div>
  );
}
