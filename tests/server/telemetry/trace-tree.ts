import type { SentSpan } from './collector.ts';

/** The time between two instants in nanoseconds, in milliseconds. */
const between = (earlier: string, later: string) => Number(BigInt(later) - BigInt(earlier)) / 1e6;

const byStart = (left: SentSpan, right: SentSpan) => between(right.startTimeUnixNano, left.startTimeUnixNano);

const written = (milliseconds: number) => milliseconds.toFixed(1).padStart(6);

/**
 * The spans of one trace as they are nested, each with its start after that of the first, its duration, and the names of
 * its attributes, never their values. Those below one span stand in the order in which they began.
 */
export function traceTree(spans: readonly SentSpan[]): string {
  const known = new Set(spans.map(({ spanId }) => spanId));
  const lines: (readonly [name: string, span: SentSpan])[] = [];
  const add = (span: SentSpan, own: string, inner: string) => {
    lines.push([`${own}${span.name}`, span]);
    const parts = spans.filter(({ parentSpanId }) => parentSpanId === span.spanId).sort(byStart);
    for (const [index, part] of parts.entries()) {
      const isLast = index === parts.length - 1;
      add(part, `${inner}${isLast ? '└─ ' : '├─ '}`, `${inner}${isLast ? '   ' : '│  '}`);
    }
  };
  const roots = spans.filter(({ parentSpanId = '' }) => !known.has(parentSpanId)).sort(byStart);
  for (const root of roots) add(root, '', '');
  const first = roots[0]?.startTimeUnixNano ?? '0';
  const width = Math.max(...lines.map(([name]) => name.length));
  return lines
    .map(([name, span]) => {
      const attributes = span.attributes.map(({ key }) => key).sort();
      const times = [between(first, span.startTimeUnixNano), between(span.startTimeUnixNano, span.endTimeUnixNano)];
      return `${name.padEnd(width)} ${times.map(written).join(' ')} ms  ${attributes.join(', ')}`.trimEnd();
    })
    .join('\n');
}

/** The same without times, which are others in each trace. */
export const withoutTimes = (tree: string): string => tree.replaceAll(/ +\d+\.\d +\d+\.\d ms/g, '');
