import { numberInWords } from '../../drawing/words.ts';
import { ontologyResource } from '../api/ontology.ts';
import { arrived } from '../api/resource.ts';
import { addressOf, firstView, type PatternStep } from '../navigation/address.ts';
import { view } from '../navigation/navigation.ts';
import { formOfPattern, type Pattern, patternOf } from '../navigation/pattern.ts';
import { EntityLink } from '../panels/relation-list.tsx';
import { MoreRows } from '../parts/more-rows.tsx';
import { Await, nameOf, Sources } from '../parts/parts.tsx';
import { ScrollSheet } from '../parts/scroll-sheet.tsx';
import type { Sheet } from '../parts/sheet.ts';
import { useFurther } from '../parts/use-further.ts';
import { settings } from '../settings/known.ts';
import { say } from '../settings/say.tsx';
import { AnalysisPage } from './analysis-page.tsx';
import { changeForm } from './change-form.ts';
import {
  firstMatches,
  type Match,
  type Matches,
  MOST_DRAWN,
  patternAsked,
  readMatches,
  thingInWords,
} from './pattern.ts';
import { PatternForm } from './pattern-form.tsx';

/** Most sets of an export. */
const MOST_EXPORTED = 2_000;

const sourcesOf = ({ relations }: Match) =>
  new Map((relations ?? []).flatMap(({ sources = [] }) => sources.map((source) => [source.slug, source] as const)));

/** Entities of a pattern that its sets contain: not those that only stand for what must not exist. */
function shownThings({ things, links }: Pattern, rows: readonly Match[]) {
  const returned = new Set(rows[0]?.entities.map(({ as }) => as));
  const isNamed = (name: string) =>
    links.some(({ from, to, isNegated }) => !isNegated && (from === name || to === name));
  return things.filter(({ name }) => (rows.length > 0 ? returned.has(name) : isNamed(name)));
}

function sheetOf(pattern: Pattern, rows: readonly Match[]): Sheet {
  const things = shownThings(pattern, rows);
  const url = settings().provenance?.url ?? '';
  const at = ({ entities }: Match, name: string) => entities.find(({ as }) => as === name)?.entity;
  return {
    name: say('Patterns'),
    columns: [
      ...things.flatMap((thing) => [thingInWords(thing), `${thingInWords(thing)} (${say('ID')})`]),
      ...(settings().provenance ? [say('Addresses of sources')] : []),
    ],
    rows: rows.map((row) => [
      ...things.flatMap(({ name }) => {
        const entity = at(row, name);
        return entity ? [nameOf(entity), entity.slug] : ['', ''];
      }),
      ...(settings().provenance
        ? [
            [...sourcesOf(row).values()]
              .map((source) => source[url])
              .filter(Boolean)
              .join(' '),
          ]
        : []),
    ]),
  };
}

async function allMatches(asked: ReturnType<typeof patternAsked>, first: Matches): Promise<readonly Match[]> {
  const rows = [...first.rows];
  let next = first.next;
  while (next !== null && rows.length < MOST_EXPORTED) {
    const page = await readMatches({ ...asked, variables: { ...asked.variables, first: 100 } }, next);
    rows.push(...page.rows);
    next = page.next;
  }
  return rows;
}

function MatchTable({ pattern, rows }: { readonly pattern: Pattern; readonly rows: readonly Match[] }) {
  const things = shownThings(pattern, rows);
  const hasSources = settings().provenance !== null && pattern.links.some(({ isNegated }) => !isNegated);
  return (
    <ScrollSheet name={say('Sets that fit')} look="list-sheet match-sheet">
      <table>
        <thead>
          <tr>
            {things.map((thing) => (
              <th key={thing.name} scope="col" class="plain">
                {thingInWords(thing)}
              </th>
            ))}
            {hasSources && (
              <th scope="col" class="plain">
                {say('Sources')}
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.entities.map(({ entity }) => entity?.slug).join()}>
              {things.map(({ name }) => {
                const entity = row.entities.find(({ as }) => as === name)?.entity;
                return <td key={name}>{entity && <EntityLink entity={entity} />}</td>;
              })}
              {hasSources && (
                <td>
                  <Sources sources={[...sourcesOf(row).values()]} isOwn />
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollSheet>
  );
}

function Result({ pattern }: { readonly pattern: Pattern }) {
  const asked = patternAsked(pattern);
  const { things = '', links = '' } = formOfPattern(pattern);
  const drawn: PatternStep = { do: 'match', things, links };
  const key = JSON.stringify(asked);
  const resource = firstMatches(key);
  const further = useFurther<Match>(key, arrived(resource), (after) => readMatches(asked, after));
  return (
    <Await resource={resource} what={say('the sets that fit')}>
      {({ totalCount }) => (
        <>
          <p class="said" role="status">
            {totalCount === 1
              ? say('One set of entities fits.')
              : say('{count} sets of entities fit.', { count: numberInWords(totalCount) })}
          </p>
          {totalCount === 0 ? (
            <p class="empty">{say('Remove a filter or a relation, or choose another one.')}</p>
          ) : (
            <>
              <p class="actions">
                <a class="button" href={addressOf({ ...firstView, page: 'graph', steps: [drawn] })}>
                  {totalCount > MOST_DRAWN
                    ? say('Show the first {count} on the graph', { count: numberInWords(MOST_DRAWN) })
                    : say('Show these on the graph')}
                </a>
              </p>
              <MatchTable pattern={pattern} rows={further.rows} />
              <MoreRows of={further} totalCount={totalCount} what={say('the sets that fit')} />
            </>
          )}
        </>
      )}
    </Await>
  );
}

/** The page of patterns: a form of entities and relations, and the sets that fit it. */
export function PatternPage() {
  const pattern = patternOf(view.value.form);
  const asked = patternAsked(pattern);
  const first = arrived(firstMatches(JSON.stringify(asked)));
  // The names of relations are those of the ontology.
  arrived(ontologyResource());
  return (
    <AnalysisPage
      name="pattern"
      title={pattern.things.map(thingInWords).join(' – ')}
      sheet={first && (async () => sheetOf(pattern, await allMatches(asked, first)))}
      asked={asked}
      form={<PatternForm pattern={pattern} onChange={(changed) => changeForm(formOfPattern(changed))} />}
    >
      <Result pattern={pattern} />
    </AnalysisPage>
  );
}
