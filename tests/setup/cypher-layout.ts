const WIDTH = 110;

const clause = /^ (?:OPTIONAL MATCH|MATCH|UNWIND|WITH|WHERE|RETURN|ORDER BY|LIMIT|WHEN|ELSE|END)\b/;

type Breaks = (text: string, at: number) => boolean;

const beforeClause: Breaks = (text, at) => clause.test(text.slice(at));

const betweenItems: Breaks = (text, at) => text[at - 1] === ',' || / (?:AND|OR) /y.test(text.slice(at));

const closing: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

/** The brackets of a text that are in no others, by where they open and close. */
function outerBrackets(text: string): readonly (readonly [open: number, close: number])[] {
  const found: [number, number][] = [];
  const open: { readonly at: number; readonly until: string }[] = [];
  for (const [at, character] of [...text].entries()) {
    const until = closing[character];
    if (until !== undefined) open.push({ at, until });
    else if (character === open.at(-1)?.until) {
      const { at: start } = open.pop() ?? { at };
      if (open.length === 0) found.push([start, at]);
    }
  }
  return found;
}

/** The parts of a text between the spaces outside of all brackets at which it breaks. */
function split(text: string, breaks: Breaks): readonly string[] {
  const ends = new Map(outerBrackets(text));
  const parts: string[] = [];
  let start = 0;
  for (let at = 0; at < text.length; at += 1) {
    at = ends.get(at) ?? at;
    if (text[at] !== ' ' || at === 0 || !breaks(text, at)) continue;
    parts.push(text.slice(start, at));
    start = at + 1;
  }
  return [...parts, text.slice(start)];
}

/** Cypher with a line for each clause, and deeper lines for what stands in brackets, where one line would be too long. */
export function layOut(text: string, indent = ''): string {
  if (indent.length + text.length <= WIDTH) return text;
  for (const breaks of [beforeClause, betweenItems]) {
    const parts = split(text, breaks);
    if (parts.length > 1) return parts.map((part) => layOut(part, indent)).join(`\n${indent}`);
  }
  const sizeOf = ([open, close]: readonly [number, number]) => close - open;
  const [largest] = [...outerBrackets(text)].sort((left, right) => sizeOf(right) - sizeOf(left));
  if (!largest) return text;
  const [open, close] = largest;
  const deeper = `${indent}  `;
  const inside = layOut(text.slice(open + 1, close).trim(), deeper);
  return `${text.slice(0, open + 1)}\n${deeper}${inside}\n${indent}${layOut(text.slice(close), indent)}`;
}
