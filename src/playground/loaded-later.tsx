import { type ComponentType, lazy } from 'react';
import { notLoaded } from './language/not-loaded.ts';

const NotLoaded = () => (
  <p className="hint" role="alert">
    {notLoaded()}
  </p>
);

/** A component loaded on first use. If loading fails, it shows a message. */
export const loadedLater = <Props extends object>(load: () => Promise<ComponentType<Props>>) =>
  lazy(async (): Promise<{ default: ComponentType<Props> }> => ({ default: await load().catch(() => NotLoaded) }));
