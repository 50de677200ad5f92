import { say } from '../drawing/say.ts';
import { counted, numberInWords } from '../drawing/words.ts';
import type { Exchange } from './requests/exchange.ts';

const number = (value: number) => numberInWords(Math.round(value * 10) / 10);

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
      {kind === 'subscription' && <span>{counted(events ?? 0, 'event')}</span>}
      {status !== undefined && status !== 200 && <span className="status">{say('status {status}', { status })}</span>}
      {milliseconds !== undefined && (
        <span title={say('From sending to the last byte')}>{timeInWords(milliseconds)}</span>
      )}
      {bytes !== undefined && <span title={say('Size of the response, uncompressed')}>{sizeInWords(bytes)}</span>}
      {cost && (
        <span title={say('Estimated cost from the header Silkgraph-Cost, and the maximum for one operation')}>
          {say('cost {estimated} of {budget}', { estimated: number(cost.estimated), budget: number(cost.budget) })}
        </span>
      )}
      {rows !== undefined && (
        <span title={say('Number of entities and relations read')}>
          {say('{rows} read', { rows: counted(rows, 'row') })}
        </span>
      )}
    </p>
  );
}
