import { bracketed, dateInWords, numberInWords, qualified } from '../../drawing/words.ts';
import type { QuestionSettings } from '../../views/settings.ts';
import { arrived } from '../api/resource.ts';
import { countedInWords, isExceeded, type Total, totals } from '../api/totals.ts';
import { SavedViews } from '../device/saved-views.tsx';
import { addressOf, firstView } from '../navigation/address.ts';
import { addressOfGraph } from '../navigation/steps.ts';
import { Contents } from '../parts/contents.tsx';
import { Marked } from '../parts/marked.tsx';
import { Await, GraphiqlLink, Sources } from '../parts/parts.tsx';
import { useTitle } from '../parts/use-title.ts';
import { isChinese, queryNamed, settings } from '../settings/known.ts';
import { Said, say } from '../settings/say.tsx';
import { asWritten, Written } from '../settings/written.tsx';
import { Analyses } from './ask-page.tsx';

const pageHints = { map: () => say('Map'), timeline: () => say('Timeline') };

/** Where a question leads, and in which kind of view. */
function viewOfQuestion({ name, paths, open, page }: QuestionSettings): { address: string; hint: string } {
  if (page) return { address: addressOf({ ...firstView, page }), hint: pageHints[page]() };
  if (paths) return { address: addressOfGraph({ do: 'paths', from: paths[0], to: paths[1] }), hint: say('Paths') };
  if (open !== undefined) return { address: addressOfGraph({ do: 'open', slug: open }), hint: say('Graph') };
  return { address: addressOfGraph({ do: 'ask', question: name ?? '' }), hint: say('Graph') };
}

function countOf(value: unknown): string {
  const { totalCount } = (value ?? {}) as { readonly totalCount?: number };
  return totalCount === undefined ? '' : String(totalCount);
}

/** The introduction with its counts. */
function Introduction({ text }: { readonly text: string }) {
  const counts = text.includes('{') ? arrived(totals()) : {};
  const filled = text.replace(/\{(\w+)\}/g, (_, name: string) => countOf(counts?.[name]) || '0');
  // The text has its place at once, so that nothing moves when its counts arrive; without them, it would say nothing.
  return (
    <p class={counts ? 'trust' : 'trust unread-counts'} {...asWritten(text)}>
      <Marked text={filled} />
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
  const { expected, qualifier, held, figure } = total;
  const { date: dateName = '', unit: unitName = '' } = settings().figures ?? {};
  const date = figure?.[dateName];
  return (
    <li class="total">
      <p class="figures">
        <Said text="{held} in this dataset," with={{ held: <span class="held">{numberInWords(held)}</span> }} />{' '}
        <span class="against">
          <Said
            text="of {expected} {unit} reported officially"
            with={{
              expected: <strong>{qualified(expected, qualifier)}</strong>,
              // Units are English words of the data.
              unit: isChinese() ? '' : String(figure?.[unitName] ?? ''),
            }}
          />
          {typeof date === 'string' && bracketed(dateInWords(date))}
        </span>
      </p>
      {/* A share of more than the whole would read as an error. */}
      {!isExceeded(total) && <Share held={held} expected={expected} />}
      <p class="counted">{countedInWords(total)}</p>
      {figure?.sources && <Sources sources={figure.sources.nodes} isOwn />}
    </li>
  );
}

function Questions() {
  return (
    <section aria-labelledby="questions-title">
      <h2 id="questions-title">{say('Start with a question')}</h2>
      <ul class="questions">
        {settings().questions.map((question) => {
          const { address, hint } = viewOfQuestion(question);
          return (
            <li key={address}>
              <a href={address}>
                <Written text={question.title} /> <span class="hint">{hint}</span>
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
      <h2 id="totals-title">{say('Coverage of official totals')}</h2>
      <Await resource={totals()} what={say('the official totals')}>
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

/** The start page: example questions, coverage of the official totals, and contents. */
export function StartPage() {
  const { title, introduction, questions, figures } = settings();
  useTitle(title);
  return (
    <div class="start">
      <section class="intro">
        <h1 {...asWritten(title)}>{title}</h1>
        {introduction !== null && <Introduction text={introduction} />}
      </section>
      <SavedViews />
      {questions.length > 0 && <Questions />}
      <section aria-labelledby="analyses-title">
        <h2 id="analyses-title">{say('Ask your own question')}</h2>
        <Analyses />
      </section>
      {figures && <OfficialTotals />}
      <section aria-labelledby="contents-title">
        <h2 id="contents-title">{say('Contents')}</h2>
        <Contents />
      </section>
    </div>
  );
}
