import { listedKind, settings } from '../settings/known.ts';
import { type Form, type Step, unreadOf, type View, viewOf } from './address.ts';
import { isKnownCondition } from './conditions.ts';
import { isDay, textIn } from './form.ts';
import { formOfPattern, patternOf, readPattern } from './pattern.ts';

/** Parts of a form that name keys of groups. */
const keyParts = ['by', 'per', 'value'] as const;

/** The form without what no kind can be grouped by, without unknown gaps, and with what is known of its pattern. */
function knownForm(form: Form, list: string | undefined): Form {
  const listed = listedKind(list);
  const kinds = listed ? [listed.kind] : Object.values(settings().kinds);
  const keys = new Set(kinds.flatMap(({ groups }) => groups.keys.map(({ name }) => name)));
  const isPattern = form.things !== undefined;
  const unknown = [
    ...(isPattern ? ['things', 'links'] : []),
    ...keyParts.filter((part) => !keys.has(textIn(form[part]))),
    ...dayParts.filter((part) => !isDay(textIn(form[part]))),
    ...(settings().gaps.includes(textIn(form.gap?.split('~')[0])) ? [] : ['gap']),
  ];
  const known = Object.entries(form).filter(([name]) => !unknown.includes(name));
  return { ...Object.fromEntries(known), ...(isPattern && knownPattern(form)) };
}

/** Parts of a form that name days. */
const dayParts = ['from', 'to'] as const;

/** A pattern as it is read, without parts that are empty. */
const knownPattern = (form: Form): Form =>
  Object.fromEntries(Object.entries(formOfPattern(patternOf(form))).filter(([, text]) => text !== ''));

/** What a list is narrowed and sorted by, without what its kind does not have. */
function knownSelection({ list, where, sort, columns }: View): Pick<View, 'list' | 'where' | 'sort' | 'columns'> {
  if (list === undefined) return { where, ...(sort !== undefined && { sort }) };
  const { kind } = listedKind(list) ?? {};
  if (!kind) return { where: [] };
  const sortable = ['name', ...kind.list.counts.map(({ name }) => name), ...Object.keys(kind.list.types)];
  const isSorted = sortable.includes(sort?.replace(/^-/, '') ?? '');
  const offered = new Set([...kind.list.counts, ...kind.list.columns].map(({ name }) => name));
  return {
    list,
    where: where.filter((condition) => isKnownCondition(kind, condition)),
    ...(sort !== undefined && isSorted && { sort }),
    ...(columns && { columns: columns.filter((name) => offered.has(name)) }),
  };
}

/** A step with what is known of its pattern; none if nothing is. */
function knownStep(step: Step): readonly Step[] {
  if (step.do !== 'match') return [step];
  const pattern = readPattern(step);
  return pattern ? [{ ...step, things: '', links: '', ...formOfPattern(pattern) }] : [];
}

/** A view without what the graph does not know: other kinds, properties, values and relations than it has. */
function knownView(view: View): View {
  const { list: _list, where: _where, sort: _sort, columns: _columns, form, ...others } = view;
  return {
    ...others,
    ...knownSelection(view),
    steps: view.steps.flatMap(knownStep),
    form: knownForm(form, view.list),
  };
}

/**
 * Reads an address: what it shows, and the names of its parts that cannot be read or that the graph does not know, as in old
 * and damaged links.
 */
export function readAddress(address: string): { readonly view: View; readonly unread: readonly string[] } {
  const view = knownView(viewOf(address));
  return { view, unread: unreadOf(address, view) };
}
