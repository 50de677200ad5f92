import { say } from '../../drawing/say.ts';

/** Says that a script is missing: the page stays as it is. */
export const notLoaded = (): string =>
  say(
    'This part of the page could not be loaded: the server cannot be reached or has a newer version. Reload the page.',
  );
