import { type ComponentType, lazy } from 'react';

const NotLoaded = () => (
  <p className="hint" role="alert">
    This part of the page could not be loaded: the server cannot be reached, or has a newer version. Reload the page.
  </p>
);

/** A part of the page that is loaded when it is first wanted; where it cannot be, the page says so and goes on. */
export const loadedLater = <Props extends object>(load: () => Promise<ComponentType<Props>>) =>
  lazy(async (): Promise<{ default: ComponentType<Props> }> => ({ default: await load().catch(() => NotLoaded) }));
