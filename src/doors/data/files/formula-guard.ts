/** With these a formula begins, also as full-width and small forms, which some programs convert. */
const FORMULA = new Set('=+-@＝＋－＠﹦﹢﹣﹫');

/** What a program may take away before it looks for a formula: white space, quotes, and the guard itself. */
const skipped = /[\s"']/;

/** Where a program that splits a table differently begins a cell. */
const BOUNDARIES = new Set(';\t\r\n');

const GUARD = "'";

/**
 * Places in a cell at which a program for tables may see the begin of a formula, from the last to the first. Looks at each
 * character once.
 */
function* formulaPlaces(cell: string): Generator<number> {
  let leadsToFormula = false;
  for (let at = cell.length - 1; at >= 0; at -= 1) {
    const character = cell.charAt(at);
    if (FORMULA.has(character)) leadsToFormula = true;
    else if (!skipped.test(character)) leadsToFormula = false;
    const isFirst = at === 0;
    const begins = isFirst || BOUNDARIES.has(cell.charAt(at - 1));
    if (begins && (leadsToFormula || (isFirst && /^'*[\t\r\n]/.test(cell)))) yield at;
  }
}

/** A cell that no program for tables takes for a formula, nor a part of it: with an apostrophe wherever one could begin. */
export function guarded(cell: string): string {
  const pieces: string[] = [];
  let end = cell.length;
  for (const at of formulaPlaces(cell)) {
    pieces.push(cell.slice(at, end), GUARD);
    end = at;
  }
  return pieces.length === 0 ? cell : cell.slice(0, end) + pieces.reverse().join('');
}

/** Takes the apostrophes away again. */
export function unguarded(cell: string): string {
  if (!cell.includes(GUARD)) return cell;
  const pieces: string[] = [];
  let end = cell.length;
  for (const at of formulaPlaces(cell)) {
    if (cell.charAt(at) !== GUARD) continue;
    pieces.push(cell.slice(at + 1, end));
    end = at;
  }
  return cell.slice(0, end) + pieces.reverse().join('');
}
