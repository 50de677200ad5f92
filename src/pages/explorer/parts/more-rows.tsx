import { useRef } from 'preact/hooks';
import { numberInWords } from '../../drawing/words.ts';
import { passFocus } from '../keyboard/pass-focus.ts';
import { say } from '../settings/say.tsx';
import type { useFurther } from './use-further.ts';

/** The end of a list: how much of it is shown, and a button for more. */
export function MoreRows({
  of: { rows, next, isLoading, failure, more },
  totalCount,
  what,
}: {
  readonly of: ReturnType<typeof useFurther>;
  readonly totalCount: number;
  readonly what: string;
}) {
  const end = useRef<HTMLParagraphElement>(null);
  function read() {
    // The button goes with the last rows.
    passFocus(() => end.current);
    void more();
  }
  return (
    <p ref={end} class="list-end" tabIndex={-1}>
      <span role="status">
        {say('{shown} of {all} shown', { shown: numberInWords(rows.length), all: numberInWords(totalCount) })}
      </span>{' '}
      {next !== null && (
        // A button that is disabled loses the focus.
        <button type="button" aria-disabled={isLoading} onClick={read}>
          {say('Show more')}
        </button>
      )}
      {failure !== undefined && (
        <span role="alert">
          {say('Could not load {what}.', { what })} {say(failure)}
        </span>
      )}
    </p>
  );
}
