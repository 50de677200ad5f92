import { useEffect } from 'preact/hooks';
import { capitalized, colon, dateInWords, inLine, kindOf, numberInWords } from '../../drawing/words.ts';
import { nameNamed } from '../api/cards.ts';
import { kindInWords, relationNamed } from '../api/ontology.ts';
import { arrived } from '../api/resource.ts';
import { passFocusToTitle } from '../keyboard/pass-focus.ts';
import { formWith, isDay, slugsIn, slugsText, textIn } from '../navigation/form.ts';
import { change, view } from '../navigation/navigation.ts';
import { MoreRows } from '../parts/more-rows.tsx';
import { Await, Glyph, nameOf } from '../parts/parts.tsx';
import type { Sheet } from '../parts/sheet.ts';
import { useFurther } from '../parts/use-further.ts';
import { propertyInWords, settings, verbOf } from '../settings/known.ts';
import { language } from '../settings/language.ts';
import { say } from '../settings/say.tsx';
import { asWritten, Written } from '../settings/written.tsx';
import { AnalysisPage, Choice } from './analysis-page.tsx';
import { changeForm } from './change-form.ts';
import {
  type Beginning,
  cellOfChange,
  changesAsked,
  type Difference,
  type Differences,
  firstDifferences,
  historyBegins,
  type Made,
  madeBy,
  readDifferences,
  type Since,
  valueOfChange,
} from './changes.ts';
import { EntityChoice } from './entity-choice.tsx';

/** Characters of a value beside what it was before. */
const LONGEST = 120;

/** Days that are shown if no date is chosen. */
const USUAL_DAYS = 30;

const DAY = 24 * 60 * 60 * 1_000;

const dayBefore = (days: number): string => new Date(Date.now() - days * DAY).toISOString().slice(0, 10);

const actions: Readonly<Record<Difference['action'], () => string>> = {
  CREATED: () => say('created'),
  UPDATED: () => say('changed'),
  DELETED: () => say('deleted'),
};

/** What the page shows; `undefined` without a readable date. */
function sinceOf(): Since | undefined {
  const { list, form } = view.value;
  const [from, to] = [form.from === undefined ? dayBefore(USUAL_DAYS) : textIn(form.from), textIn(form.to)];
  const [kind] = Object.entries(settings().kinds).find(([, each]) => each.list.field === list) ?? [];
  if (!isDay(from)) return undefined;
  return {
    ...{ from, to: isDay(to) ? to : '', around: slugsIn(form.around).slice(0, 1) },
    kind: kind === undefined ? undefined : kindOf(kind),
  };
}

type End = NonNullable<Difference['entity']>;

const nameOfEnd = ({ entity, slug }: End) => (entity ? nameOf(entity) : slug);

function EndLink({ end }: { readonly end: End }) {
  return (
    <span class="entity-line">
      <Glyph kind={end.kind} />
      {end.entity ? (
        <a href={`entity/${end.slug}?lang=${language}#changes`} {...asWritten(nameOfEnd(end))}>
          {nameOfEnd(end)}
        </a>
      ) : (
        <span>{end.slug}</span>
      )}
    </span>
  );
}

const shortened = (text: string): string => (text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text);

const ownerOf = ({ relation, entity }: Difference): string =>
  relation ?? Object.keys(settings().kinds).find((name) => kindOf(name) === entity?.kind) ?? '';

/** When and by whom a change was made, and why. */
function MadeBy({ made: { at, author, reason } }: { readonly made: Made }) {
  return (
    <p class="hint">
      {inLine([dateInWords(at.slice(0, 10)), author])}
      {reason && colon()}
      {reason && <Written text={reason} />}
    </p>
  );
}

function DifferenceRow({ of }: { readonly of: Difference }) {
  const { action, relation, entity, from, to, properties } = of;
  const inWords = (name: string, value: unknown) => shortened(valueOfChange(ownerOf(of), name, value));
  return (
    <li class={`difference ${action.toLowerCase()}`}>
      <p class="difference-head">
        <span class="action">{actions[action]()}</span>
        {entity && (
          <>
            <EndLink end={entity} /> <span class="hint">{kindInWords(entity.kind)}</span>
          </>
        )}
        {relation && from && to && (
          <>
            <EndLink end={from} />
            <span class="of">{verbOf(relation, true, relationNamed(relation))}</span>
            <EndLink end={to} />
          </>
        )}
      </p>
      {action === 'UPDATED' && (
        <ul class="property-differences">
          {properties.map(({ name, before, after }) => (
            <li key={name}>
              <span class="of">
                {capitalized(propertyInWords(ownerOf(of), name))}
                {colon()}
              </span>
              <del {...asWritten(inWords(name, before))}>{inWords(name, before)}</del> →{' '}
              <ins {...asWritten(inWords(name, after))}>{inWords(name, after)}</ins>
            </li>
          ))}
        </ul>
      )}
      {madeBy(of).map((made) => (
        <MadeBy key={`${made.at} ${made.author}`} made={made} />
      ))}
    </li>
  );
}

/** What differs, as words: a kind, or a relation. */
const subjectOf = ({ relation, entity }: Difference): string =>
  relation ? verbOf(relation, true, relationNamed(relation)) : kindInWords(entity?.kind ?? '');

function sheetOf(rows: readonly Difference[]): Sheet {
  return {
    name: say('Changes'),
    columns: [
      ...[say('Change'), say('From'), say('Kind or relation'), say('To'), say('Property')],
      ...[say('Before'), say('After'), say('Date'), say('Author'), say('Reason')],
      ...[say('ID of start'), say('ID of end')],
    ],
    rows: rows.flatMap((row) => {
      const [start, owner] = [row.entity ?? row.from, ownerOf(row)];
      const name = (end: End | null) => (end ? nameOfEnd(end) : '');
      const head = [actions[row.action](), name(start), subjectOf(row), name(row.to)];
      const tail = (made: Made | undefined) => [made?.at, made?.author, made?.reason, start?.slug, row.to?.slug];
      const properties = row.action === 'UPDATED' ? row.properties : [];
      if (properties.length === 0) return [[...head, '', '', '', ...tail(madeBy(row)[0])]];
      return properties.map(({ name, before, after, change }) => [
        ...[...head, capitalized(propertyInWords(owner, name))],
        ...[cellOfChange(owner, name, before), cellOfChange(owner, name, after), ...tail(change)],
      ]);
    }),
  };
}

/** All differences, page by page, for an export. */
async function allDifferences(
  asked: ReturnType<typeof changesAsked>,
  first: Differences,
): Promise<readonly Difference[]> {
  const rows = [...first.rows];
  let next = first.next;
  while (next !== null && rows.length < 5_000) {
    const page = await readDifferences(asked, next);
    rows.push(...page.rows);
    next = page.next;
  }
  return rows;
}

function Totals({ entities, relations }: Differences) {
  const words = (counts: Differences['entities']) =>
    inLine(
      (
        [
          ['{number} created', counts.created],
          ['{number} changed', counts.updated],
          ['{number} deleted', counts.deleted],
        ] as const
      )
        .filter(([, count]) => count > 0)
        .map(([text, count]) => say(text, { number: numberInWords(count) })),
    ) || say('none');
  return (
    <p class="said" role="status">
      {say('Entities: {entities}. Relations: {relations}.', { entities: words(entities), relations: words(relations) })}
    </p>
  );
}

function Result({ asked, since, begins }: { asked: ReturnType<typeof changesAsked>; since: Since; begins: Beginning }) {
  const key = JSON.stringify(asked);
  const resource = firstDifferences(key);
  const first = arrived(resource);
  const further = useFurther<Difference>(key, first, (after) => readDifferences(asked, after));
  function lookAtAll() {
    passFocusToTitle();
    changeForm({ around: undefined });
  }
  const isEarlier = since.from < begins.at.slice(0, 10);
  return (
    <Await resource={resource} what={say('the changes')}>
      {(loaded) => (
        <>
          <Totals {...loaded} />
          {isEarlier && (
            <p class="hint">
              {say('The history of this graph begins on {date}; what was loaded then is not a change.', {
                date: dateInWords(begins.at.slice(0, 10)),
              })}
            </p>
          )}
          {loaded.totalCount === 0 ? (
            <p class="empty">
              {say('Nothing changed.')}{' '}
              {since.around.length > 0 && (
                <button type="button" class="link" onClick={lookAtAll}>
                  {say('Look at the whole graph')}
                </button>
              )}
            </p>
          ) : (
            <>
              <ul class="differences">
                {further.rows.map((row) => (
                  <DifferenceRow
                    key={`${row.relation} ${row.entity?.slug} ${row.from?.slug} ${row.to?.slug}`}
                    of={row}
                  />
                ))}
              </ul>
              <MoreRows of={further} totalCount={loaded.totalCount} what={say('the changes')} />
            </>
          )}
        </>
      )}
    </Await>
  );
}

function ChangesForm({
  from,
  to,
  around,
}: {
  readonly from: string;
  readonly to: string;
  readonly around: readonly string[];
}) {
  const { list } = view.value;
  const day = (name: 'from' | 'to', label: string, value: string) => (
    <label class="form-field">
      <span>{label}</span>
      <input
        type="date"
        value={value}
        max={dayBefore(0)}
        onChange={({ currentTarget }) => changeForm({ [name]: currentTarget.value })}
      />
    </label>
  );
  return (
    <form class="analysis-form" onSubmit={(event) => event.preventDefault()}>
      {day('from', say('Since'), from)}
      {day('to', say('Until'), to)}
      <Choice
        label={say('Kind')}
        value={list ?? ''}
        onChange={(field) => change({ list: field || undefined, picked: undefined })}
      >
        <option value="">{say('All kinds')}</option>
        {Object.values(settings().kinds).map(({ list: { field }, full }) => (
          <option key={field} value={field}>
            {capitalized(full)}
          </option>
        ))}
      </Choice>
      <EntityChoice
        label={say('Around an entity')}
        slugs={around}
        most={1}
        onChange={(chosen) => changeForm({ around: slugsText(chosen) })}
      />
    </form>
  );
}

/** The page of changes: what differs between a day and another, or now. */
export function ChangesPage() {
  const { form } = view.value;
  const since = sinceOf();
  useEffect(() => {
    // The date stands in the address, so that the link shows others the same.
    if (form.from === undefined) change({ form: formWith(form, { from: dayBefore(USUAL_DAYS) }) }, { replace: true });
  }, [form]);
  const begins = arrived(historyBegins());
  const asked = since && changesAsked(since, begins);
  const first = asked && begins && arrived(firstDifferences(JSON.stringify(asked)));
  const [around] = since?.around ?? [];
  return (
    <AnalysisPage
      name="changes"
      title={inLine([since ? dateInWords(since.from) : '', around ? nameNamed(around) : ''].filter(Boolean))}
      sheet={asked && first && (async () => sheetOf(await allDifferences(asked, first)))}
      asked={asked}
      form={<ChangesForm from={textIn(form.from)} to={textIn(form.to)} around={slugsIn(form.around).slice(0, 1)} />}
    >
      <Await resource={historyBegins()} what={say('the changes')}>
        {(beginning) =>
          beginning === undefined ? (
            <p class="empty">{say('Nothing has been recorded in the history of this graph yet.')}</p>
          ) : since === undefined || asked === undefined ? (
            <p class="empty">{say('Choose a date.')}</p>
          ) : since.from > dayBefore(0) ? (
            <p class="empty">{say('Choose a date that has passed.')}</p>
          ) : since.to !== '' && since.to < since.from ? (
            <p class="empty">{say('The first date is later than the second one. Exchange them.')}</p>
          ) : (
            <Result asked={asked} since={since} begins={beginning} />
          )
        }
      </Await>
    </AnalysisPage>
  );
}
