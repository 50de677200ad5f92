import type { Exchange } from './requests/exchange.ts';

const number = (value: number) => value.toLocaleString('en', { maximumFractionDigits: 1 });

const sizeInWords = (bytes: number) => (bytes < 1_000 ? `${bytes} B` : `${number(bytes / 1_000)} kB`);

const timeInWords = (milliseconds: number) =>
  milliseconds < 1_000 ? `${Math.round(milliseconds)} ms` : `${number(milliseconds / 1_000)} s`;

/** How many rows were read, where the answer tells. */
function rowsRead({ result }: Exchange): number | undefined {
  const cost = result?.extensions?.cost as { readonly actual?: number } | undefined;
  return cost?.actual;
}

/** What an answer took: time, size, and what it cost of what it may. */
export function CostLine({ exchange }: { readonly exchange: Exchange }) {
  const { kind, status, milliseconds, bytes, cost, events } = exchange;
  const rows = rowsRead(exchange);
  return (
    <p className="cost-line" role="status">
      {kind === 'subscription' && <span>{events === 1 ? '1 event' : `${number(events ?? 0)} events`}</span>}
      {status !== undefined && status !== 200 && <span className="status">status {status}</span>}
      {milliseconds !== undefined && <span title="From sending to the last byte">{timeInWords(milliseconds)}</span>}
      {bytes !== undefined && <span title="The answer, unpacked">{sizeInWords(bytes)}</span>}
      {cost && (
        <span title="Expected before it ran, from the header Silkgraph-Cost; the budget is what one operation may cost">
          cost {number(cost.estimated)} of {number(cost.budget)}
        </span>
      )}
      {rows !== undefined && <span title="Entities and relations that were read">{number(rows)} rows read</span>}
    </p>
  );
}
