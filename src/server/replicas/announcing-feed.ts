import type { ChangeFeed } from '../../engine/changes/log/change-feed.ts';
import type { Replicas } from './replicas.ts';

/** A feed that tells the other servers too when something was written here. */
export const announcingFeed = (feed: ChangeFeed, { announce }: Pick<Replicas, 'announce'>): ChangeFeed => ({
  follow: feed.follow,
  wake() {
    feed.wake();
    announce();
  },
  get followers() {
    return feed.followers;
  },
});
