import type { Scope } from '../../graph/scope.ts';
import type { Scalar } from '../plan.ts';
import type { IndexSegment } from './keyset.ts';

/** The page of a segment that starts at one of its ends, or beyond a bound. */
export interface ReadInOrder {
  readonly kind: string;
  readonly segment: IndexSegment;
  /** What the page comes after, in the direction in which it is read. */
  readonly start: readonly Scalar[] | null;
  readonly backward: boolean;
  /** The expression of the number of nodes wanted. */
  readonly most: () => string;
}

/**
 * The nodes of a page of a segment whose leading values many share, as lists that follow one another. First the values
 * that are on the page, then those who have each, in the order of their slugs, which an index on both has: no more are
 * read than are wanted, however many share a value.
 */
export function nodesByValue({ kind, segment, start, backward, most }: ReadInOrder, scope: Scope): readonly string[] {
  const [leading, slug] = segment.order.map((key) => ({
    name: 'property' in key.by ? key.by.property : '',
    ...(key.descending === backward ? { direction: '', beyond: '>' } : { direction: ' DESC', beyond: '<' }),
  }));
  if (!leading || !slug) return [];
  const limited = (keys: readonly string[]) => `ORDER BY ${keys.join(', ')} LIMIT ${most()}`;

  const node = scope.variable('n');
  const ofValue = (value: string, which: string) => {
    // In the direction of the slugs for both keys, as the index has them: the value is the same for all.
    const order = [leading, slug].map(({ name }) => `${node}.${name}${slug.direction}`);
    return `MATCH (${node}:${kind}) WHERE ${node}.${leading.name} = ${value} AND ${node}.${slug.name} ${which} RETURN ${node} ${limited(order)}`;
  };

  const [from, value] = [scope.variable('n'), scope.variable('v')];
  const which = start ? `${leading.beyond} ${scope.value(start[0])}` : 'IS NOT NULL';
  const values = `COLLECT { MATCH (${from}:${kind}) WHERE ${from}.${leading.name} ${which} WITH ${from}.${leading.name} AS ${value} ${limited([`${value}${leading.direction}`])} RETURN DISTINCT ${value} }`;
  const order = [leading, slug].map(({ name, direction }) => `${node}.${name}${direction}`);
  const seek = ofValue(value, 'IS NOT NULL');
  const others = `COLLECT { UNWIND ${values} AS ${value} CALL (${value}) { ${seek} } RETURN ${node} ${limited(order)} }`;
  if (!start) return [others];
  const same = `COLLECT { ${ofValue(scope.value(start[0]), `${slug.beyond} ${scope.value(start[1])}`)} }`;
  return [same, others];
}
