/** A subquery expression of a statement, such as `COUNT { … }`. */
interface Expression {
  readonly text: string;
  /** Its text without the subqueries in it. */
  readonly own: string;
}

function expressionsOf(text: string): readonly Expression[] {
  const found: Expression[] = [];
  const open: { readonly start: number; readonly kind: 'expression' | 'call' | 'map'; own: string }[] = [];
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] === '{') {
      const before = text.slice(0, at);
      const isExpression = /\b(COUNT|COLLECT|EXISTS) $/.test(before);
      const kind = isExpression ? 'expression' : /\bCALL \([^()]*\) $/.test(before) ? 'call' : 'map';
      open.push({ start: at, kind, own: '' });
    } else if (text[at] === '}') {
      const block = open.pop();
      const around = open.at(-1);
      // A map is part of the clause that it stands in.
      if (block?.kind === 'map' && around) around.own += block.own;
      if (block?.kind === 'expression') found.push({ own: block.own, text: text.slice(block.start, at + 1) });
    } else {
      const block = open.at(-1);
      if (block) block.own += text[at];
    }
  }
  return found;
}

/** Whether a `WITH` of these columns merges rows into more than one. */
function merges(columns: string): boolean {
  if (columns.startsWith('DISTINCT ')) return true;
  let flat = columns;
  for (let before = ''; before !== flat; ) {
    before = flat;
    flat = flat.replace(/\w*[([][^()[\]]*[)\]]/, (part) =>
      /^(count|sum|min|max|avg|collect)\b/.test(part) ? '#' : '',
    );
  }
  const all = (flat.split(/ ORDER BY | WHERE | LIMIT /)[0] ?? '').split(',');
  return all.some((column) => column.includes('#')) && all.some((column) => !column.includes('#'));
}

/** Lists are named by these letters. */
const list = /\b[hbl]\d+\b/g;

const isBoundIn = (text: string, name: string) => new RegExp(`AS ${name}\\b|[[(]${name} IN `).test(text);

/**
 * The subquery expressions of a statement that merge rows by `WITH` and use a list from outside, which Neo4j then holds
 * once for each row.
 */
export const mergedBesideLists = (text: string): readonly string[] =>
  expressionsOf(text)
    .filter(({ text: expression, own }) => {
      const usesOuter = (expression.match(list) ?? []).some((name) => !isBoundIn(expression, name));
      const columns = own.split(/\bWITH /).slice(1);
      return usesOuter && columns.some((clause) => merges(clause.split(/\b(?:UNWIND|MATCH|RETURN|CALL)\b/)[0] ?? ''));
    })
    .map(({ text: expression }) => expression);
