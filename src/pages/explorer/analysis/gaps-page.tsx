import type { Card } from '../../drawing/answers.ts';
import { capitalized, kindOf, numberInWords } from '../../drawing/words.ts';
import type { Asked } from '../api/ask.ts';
import { askInOntology, relationNamed } from '../api/ontology.ts';
import { arrived, keyedResource } from '../api/resource.ts';
import { passFocusToTitle } from '../keyboard/pass-focus.ts';
import { escaped } from '../navigation/address.ts';
import { addressOfAnalysis, textIn } from '../navigation/form.ts';
import { change, view } from '../navigation/navigation.ts';
import { EntityLink } from '../panels/relation-list.tsx';
import { Await, Glyph } from '../parts/parts.tsx';
import { ScrollSheet } from '../parts/scroll-sheet.tsx';
import type { Sheet } from '../parts/sheet.ts';
import { propertyInWords, queryNamed, relationTitle, settings, settingsOf } from '../settings/known.ts';
import { say } from '../settings/say.tsx';
import { AnalysisPage, Choice } from './analysis-page.tsx';

/** A gap of one kind. */
interface Gap {
  readonly kind: string;
  readonly property?: string;
  readonly relation?: string;
  readonly count: number;
  readonly of: number;
  readonly entities?: readonly Card[];
}

type Gaps = Readonly<Record<string, readonly Gap[]>>;

/** Entities of a gap that are listed. */
const MOST = 100;

const titles: Readonly<Record<string, () => string>> = {
  conflicts: () => say('Sources disagree'),
  withoutSource: () => say('Without any source'),
  weakSourcesOnly: () => say('Only sources of low reliability'),
  lowConfidence: () => say('Low confidence'),
  absentRelations: () => say('Missing relations'),
  missing: () => say('Missing values'),
};

/** Asks for the gaps of a kind, or for the entities of one. */
function askedFor(kind: string | undefined, one: string | undefined): Asked {
  const others = settings().gaps.filter((type) => type !== one);
  return {
    query: queryNamed('gaps'),
    variables: {
      ...(kind !== undefined && { kinds: [kindOf(kind)] }),
      ...(one !== undefined && {
        withEntities: true,
        first: MOST,
        ...Object.fromEntries(others.map((type) => [type, false])),
      }),
    },
  };
}

const gapsOf = keyedResource(async (asked): Promise<Gaps> => {
  const { gaps } = await askInOntology<{ gaps: Gaps }>(JSON.parse(asked) as Asked);
  return gaps;
});

/** What a gap is about beside its kind: a property or a relation. */
const partOf = ({ property, relation }: Gap): string => property ?? relation ?? '';

function partInWords({ kind, property, relation }: Gap): string {
  const typeName = Object.keys(settings().kinds).find((name) => kindOf(name) === kind) ?? kind;
  if (property !== undefined) return capitalized(propertyInWords(typeName, property));
  if (relation === undefined) return '';
  const definition = relationNamed(relation);
  return relationTitle(relation, definition?.from.includes(kind) ?? true, definition);
}

const fieldOfKind = (kind: string) => settingsOf(kind)?.list.field;

/** Name of a gap in addresses. */
const nameOfGap = (type: string, gap: Gap) => (partOf(gap) === '' ? type : `${type}~${partOf(gap)}`);

const addressOfGap = (type: string, gap: Gap): string =>
  addressOfAnalysis('gaps', { gap: nameOfGap(type, gap).split('~').map(escaped).join('~') }, fieldOfKind(gap.kind));

function sheetOf(gaps: Gaps): Sheet {
  const rows = Object.entries(gaps).flatMap(([type, found]) => found.map((gap) => ({ type, gap })));
  return {
    name: say('Gaps'),
    columns: [say('Kind'), say('Gap'), say('Property or relation'), say('Number'), say('Of'), say('ID')],
    rows: rows.map(({ type, gap }) => [
      settingsOf(gap.kind)?.one ?? gap.kind,
      titles[type]?.() ?? type,
      partInWords(gap),
      gap.count,
      gap.of,
      gap.entities?.map(({ slug }) => slug).join(' ') ?? '',
    ]),
  };
}

function GapRow({ type, gap }: { readonly type: string; readonly gap: Gap }) {
  const share = gap.of === 0 ? 0 : gap.count / gap.of;
  return (
    <tr>
      <th scope="row">
        <Glyph kind={gap.kind} size={12} /> {capitalized(settingsOf(gap.kind)?.full ?? gap.kind)}
      </th>
      <td>{partInWords(gap)}</td>
      <td class="number">
        <a href={addressOfGap(type, gap)} onClick={passFocusToTitle}>
          {numberInWords(gap.count)}
        </a>
      </td>
      <td class="number">{numberInWords(gap.of)}</td>
      <td>
        <svg
          class="bar-of-value"
          viewBox="0 0 100 4"
          preserveAspectRatio="none"
          role="img"
          aria-label={`${Math.round(100 * share)}%`}
        >
          <rect class="whole" width="100" height="4" />
          <rect width={100 * share} height="4" />
        </svg>
      </td>
    </tr>
  );
}

function GapTable({ type, gaps }: { readonly type: string; readonly gaps: readonly Gap[] }) {
  const title = titles[type]?.() ?? type;
  const hasParts = gaps.some((gap) => partOf(gap) !== '');
  if (gaps.length === 0) return null;
  return (
    <section>
      <h2>{title}</h2>
      <ScrollSheet name={title} look="list-sheet gap-sheet">
        <table>
          <thead>
            <tr>
              <th scope="col" class="plain">
                {say('Kind')}
              </th>
              {hasParts ? (
                <th scope="col" class="plain part">
                  {say('Property or relation')}
                </th>
              ) : (
                <td class="part" />
              )}
              <th scope="col" class="plain number">
                {say('Number')}
              </th>
              <th scope="col" class="plain number">
                {say('Of')}
              </th>
              <th scope="col" class="plain">
                {say('Proportion')}
              </th>
            </tr>
          </thead>
          <tbody>
            {gaps
              .toSorted((a, b) => b.count / Math.max(1, b.of) - a.count / Math.max(1, a.of))
              .map((gap) => (
                <GapRow key={`${gap.kind} ${partOf(gap)}`} type={type} gap={gap} />
              ))}
          </tbody>
        </table>
      </ScrollSheet>
    </section>
  );
}

/** The entities of one gap. */
function OneGap({ gaps, name }: { readonly gaps: Gaps; readonly name: readonly string[] }) {
  const [type = '', part = ''] = name;
  const gap = gaps[type]?.find((each) => partOf(each) === part);
  const back = addressOfAnalysis('gaps', {}, view.value.list);
  if (!gap) {
    return (
      <p class="empty">
        {say('There is no such gap, or it has been closed.')}{' '}
        <a href={back} onClick={passFocusToTitle}>
          {say('All gaps')}
        </a>
      </p>
    );
  }
  const { entities = [] } = gap;
  return (
    <section>
      <h2>
        {titles[type]?.()} {partInWords(gap) && `· ${partInWords(gap)}`}{' '}
        <span class="count">{numberInWords(gap.count)}</span>
      </h2>
      <p>
        <a href={back} onClick={passFocusToTitle}>
          {say('All gaps')}
        </a>
      </p>
      <ul class="gap-entities">
        {entities.map((entity) => (
          <li key={entity.slug}>
            <EntityLink entity={entity} />
          </li>
        ))}
      </ul>
      {entities.length < gap.count && (
        <p class="hint">
          {say('{shown} of {all} shown', { shown: numberInWords(entities.length), all: numberInWords(gap.count) })}
        </p>
      )}
    </section>
  );
}

/** The page of gaps: where the graph knows little, by kind, and the entities of each gap. */
export function GapsPage() {
  const { list, form } = view.value;
  const [kind] = Object.entries(settings().kinds).find(([, each]) => each.list.field === list) ?? [];
  const name = (form.gap ?? '').split('~').map(textIn).filter(Boolean);
  const isOne = name.length > 0 && kind !== undefined;
  const asked = askedFor(kind, isOne ? name[0] : undefined);
  const resource = gapsOf(JSON.stringify(asked));
  const found = arrived(resource);
  return (
    <AnalysisPage
      name="gaps"
      title={kind === undefined ? '' : capitalized(settings().kinds[kind]?.full ?? '')}
      sheet={found && (() => sheetOf(found))}
      asked={asked}
      form={
        <form class="analysis-form" onSubmit={(event) => event.preventDefault()}>
          <Choice
            label={say('Kind')}
            value={kind === undefined ? '' : (list ?? '')}
            onChange={(field) => change({ list: field || undefined, form: {}, picked: undefined })}
          >
            <option value="">{say('All kinds')}</option>
            {Object.values(settings().kinds).map(({ list: { field }, full }) => (
              <option key={field} value={field}>
                {capitalized(full)}
              </option>
            ))}
          </Choice>
        </form>
      }
    >
      <Await resource={resource} what={say('the gaps')}>
        {(gaps) =>
          isOne ? (
            <OneGap gaps={gaps} name={name} />
          ) : Object.values(gaps).every(({ length }) => length === 0) ? (
            <p class="empty">{say('No gaps are known here.')}</p>
          ) : (
            settings().gaps.map((type) => <GapTable key={type} type={type} gaps={gaps[type] ?? []} />)
          )
        }
      </Await>
    </AnalysisPage>
  );
}
