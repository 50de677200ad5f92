import type { Exchange } from './requests/exchange.ts';

const number = (value: number) => value.toLocaleString('en', { maximumFractionDigits: 1 });

const sizeInWords = (bytes: number) => (bytes < 1_000 ? `${bytes} B` : `${number(bytes / 1_000)} kB`);

const timeInWords = (milliseconds: number) =>
  milliseconds < 1_000 ? `${Math.round(milliseconds)} ms` : `${number(milliseconds / 1_000)} s`;

/** Number of rows read, if the response reports it. */
function rowsRead({ result }: Exchange): number | undefined {
  const cost = result?.extensions?.cost as { readonly actual?: number } | undefined;
  return cost?.actual;
}

/** Time, size and cost of a response. */
export function CostLine({ exchange }: { readonly exchange: Exchange }) {
  const { kind, status, milliseconds, bytes, cost, events } = exchange;
  const rows = rowsRead(exchange);
  return (
    <p className="cost-line" role="status">
      {kind === 'subscription' && <span>{events === 1 ? '1 event' : `${number(events ?? 0)} events`}</span>}
      {status !== undefined && status !== 200 && <span className="status">status {status}</span>}
      {milliseconds !== undefined && <span title="From sending to the last byte">{timeInWords(milliseconds)}</span>}
      {bytes !== undefined && <span title="Size of the response, uncompressed">{sizeInWords(bytes)}</span>}
      {cost && (
        <span title="Estimated cost from the header Silkgraph-Cost, and the maximum for one operation">
          cost {number(cost.estimated)} of {number(cost.budget)}
        </span>
      )}
      {rows !== undefined && <span title="Number of entities and relations read">{number(rows)} rows read</span>}
    </p>
  );
}
