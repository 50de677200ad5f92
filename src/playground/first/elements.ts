type Child = Node | string;

/** An element of a class with attributes and content. */
export function part<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  className: string,
  attributes: Readonly<Record<string, string>>,
  ...children: readonly Child[]
): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name);
  element.className = className;
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

/** A text area below its label. */
export function field(name: string, text: string) {
  const area = part('textarea', '', { spellcheck: 'false', autocapitalize: 'off', autocomplete: 'off' });
  area.value = text;
  return { label: part('label', '', {}, part('span', '', {}, name), area), area };
}

export function button(text: string, title: string): HTMLButtonElement {
  return part('button', 'first-run', { type: 'button', title }, text);
}
