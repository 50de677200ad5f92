import { say } from '../drawing/say.ts';
import { dateInWords, inLine } from '../drawing/words.ts';
import { isWebAddress } from '../shared/web-address.ts';
import type { Source } from './answer.ts';
import { asWritten } from './language.ts';

/** The numbers of sources behind a fact. */
export const SourceNumbers = ({ numbers }: { readonly numbers: readonly number[] }) =>
  numbers.length === 0 ? null : (
    <sup class="numbers">
      {numbers.map((n) => (
        <a key={n} href={`#source-${n}`} aria-label={say('Source {n}', { n })}>
          {n}
        </a>
      ))}
    </sup>
  );

interface SourcesProps {
  readonly sources: readonly Source[];
  /** Opens an address outside of the page; absent if the host does not. */
  readonly open: ((url: string) => void) | undefined;
}

/** The sources of an answer, by the numbers that its facts refer to. A frame opens nothing itself: its host does. */
export function Sources({ sources, open }: SourcesProps) {
  if (sources.length === 0) return null;
  return (
    <details class="sources" open={sources.length <= 5}>
      <summary>{say('Sources ({count})', { count: sources.length })}</summary>
      <ol>
        {sources.map(({ n, name, publisher, date, url }) => (
          <li key={n} id={`source-${n}`} value={n}>
            {open && url !== undefined && isWebAddress(url) ? (
              <a
                href={url}
                {...asWritten(name)}
                onClick={(event) => {
                  event.preventDefault();
                  open(url);
                }}
              >
                {name}
              </a>
            ) : (
              <span {...asWritten(name)}>{name}</span>
            )}{' '}
            <span class="hint">
              {inLine([publisher, date && dateInWords(date)].filter((text) => text !== undefined))}
            </span>
          </li>
        ))}
      </ol>
    </details>
  );
}
