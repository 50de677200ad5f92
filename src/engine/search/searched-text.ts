import type { Ontology } from '../../ontology/ontology.ts';
import { foldedForm, kindsShowing, searchedIn } from '../indexes/searched.ts';

/** Whether each kind that has a property has several values of it. */
export function isList({ kindNames, propertiesOf }: Ontology, name: string): boolean {
  return kindNames.some((kind) => propertiesOf(kind)[name]?.list);
}

/** The value of a property of a `node`, as an expression; null of the kinds of which a role does not see it. */
export function shownValue(ontology: Ontology, property: string, value: string): string {
  const kinds = kindsShowing(ontology, property);
  return kinds === null ? value : `CASE WHEN node:${kinds.join('|')} THEN ${value} END`;
}

const anyOf = (conditions: readonly string[]) => conditions.join(' OR ') || 'false';

/**
 * Completes a statement of `cypher/` about a `node` that search found. In it, `__IS_NAME(text)__` stands for whether the
 * text is one of its names, `__NAME_BEGINS(text)__` for whether one of them begins so, `__IS_OTHER_NAME(text)__` and
 * `__OTHER_NAME_BEGINS(text)__` for the same of its other names, `__NAME_WITH(text)__` for the name that contains the text,
 * and `__NAMES__` for all of them.
 */
export function withSearched(ontology: Ontology, text: string): string {
  const { names, otherNames } = searchedIn(ontology);
  const stored = (name: string) => {
    const value = `node.${foldedForm(name)}`;
    const shown = shownValue(ontology, name, value);
    return shown === value ? value : `(${shown})`;
  };
  const is = (all: readonly string[], value: string) =>
    anyOf(all.map((name) => (isList(ontology, name) ? `${value} IN ${stored(name)}` : `${stored(name)} = ${value}`)));
  const begins = (all: readonly string[], value: string) =>
    anyOf(
      all.map((name) =>
        isList(ontology, name)
          ? `any(other IN ${stored(name)} WHERE other STARTS WITH ${value})`
          : `${stored(name)} STARTS WITH ${value}`,
      ),
    );
  const nameWith = (value: string) =>
    names
      .filter((name) => name !== 'name' && !isList(ontology, name))
      .reduce(
        (otherwise, name) => `CASE WHEN ${stored(name)} CONTAINS ${value} THEN ${stored(name)} ELSE ${otherwise} END`,
        stored('name'),
      );
  const all = [...names, ...otherNames];
  const single = all
    .filter((name) => !isList(ontology, name))
    .map((name) => shownValue(ontology, name, `node.${name}`));
  const lists = all
    .filter((name) => isList(ontology, name))
    .map((name) => `coalesce(${shownValue(ontology, name, `node.${name}`)}, [])`);
  return text
    .replace(/__IS_NAME\((\S+?)\)__/g, (_, value: string) => is(names, value))
    .replace(/__IS_OTHER_NAME\((\S+?)\)__/g, (_, value: string) => is(otherNames, value))
    .replace(/__NAME_BEGINS\((\S+?)\)__/g, (_, value: string) => begins(names, value))
    .replace(/__OTHER_NAME_BEGINS\((\S+?)\)__/g, (_, value: string) => begins(otherNames, value))
    .replace(/__NAME_WITH\((\S+?)\)__/g, (_, value: string) => nameWith(value))
    .replace('__NAMES__', [`[${single.join(', ')}]`, ...lists].join(' + '));
}
