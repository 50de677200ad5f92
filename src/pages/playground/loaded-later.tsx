import { type ComponentType, lazy } from 'react';
import { say } from '../drawing/say.ts';

const NotLoaded = () => (
  <p className="hint" role="alert">
    {say(
      'This part of the page could not be loaded: the server cannot be reached or has a newer version. Reload the page.',
    )}
  </p>
);

/** A component loaded on first use. If loading fails, it shows a message. */
export const loadedLater = <Props extends object>(load: () => Promise<ComponentType<Props>>) =>
  lazy(async (): Promise<{ default: ComponentType<Props> }> => ({ default: await load().catch(() => NotLoaded) }));
