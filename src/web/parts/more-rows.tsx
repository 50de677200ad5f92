import { numberInWords } from '../../drawing/words.ts';
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
  return (
    <p class="list-end">
      {say('{shown} of {all} shown', { shown: numberInWords(rows.length), all: numberInWords(totalCount) })}{' '}
      {next !== null && (
        <button type="button" disabled={isLoading} onClick={() => void more()}>
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
