import { jsx as element, jsxs as elements, Fragment, type JSX } from 'react/jsx-runtime';
import { spokenProperties } from './spoken.ts';

export { Fragment };

type Make = typeof element;

type Properties = Readonly<Record<string, unknown>>;

/** The tabs of GraphiQL have buttons in them, which tabs may not have: they are a list of buttons. */
function withoutTabs(properties: Properties | null): Properties | null {
  const isOfTabs = typeof properties?.className === 'string' && /(^| )graphiql-tabs?( |$)/.test(properties.className);
  if (!properties || !isOfTabs || (properties.role !== 'tab' && properties.role !== 'tablist')) return properties;
  const { role: _role, 'aria-selected': _selected, ...others } = properties;
  return others;
}

const propertiesOf = (type: unknown, properties: unknown) =>
  spokenProperties(type, withoutTabs(properties as Properties | null));

/** What the build puts in place of the functions of React that make elements, so that libraries speak the language of the page. */
export const jsx: Make = (type, properties, key): JSX.Element => element(type, propertiesOf(type, properties), key);

export const jsxs: Make = (type, properties, key): JSX.Element => elements(type, propertiesOf(type, properties), key);
