import { say } from '../settings/say.tsx';
import { AskError } from './ask.ts';

/** The error of an entity that does not exist, in the words of the reader: the message of the API advises programs. */
export function missingEntity(error: AskError, slugs: readonly string[]): AskError {
  if (error.code !== 'BAD_USER_INPUT') return error;
  const missing = slugs.filter((slug) => error.message.includes(JSON.stringify(slug)));
  const [instead] = missing;
  // Another part of the question is wrong.
  if (instead === undefined) return error;
  const message = say('There is no such entity: {names}. It may have been renamed or deleted; search for its name.', {
    names: missing.join(', '),
  });
  return new AskError(message, { instead: instead.replaceAll('-', ' '), cause: error });
}
