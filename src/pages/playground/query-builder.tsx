import type { GraphiQLPlugin } from '@graphiql/react';
import { Suspense } from 'react';
import { say } from '../drawing/say.ts';
import { loadedLater } from './loaded-later.tsx';
import { lineIcon } from './style/line-icon.tsx';

const Builder = loadedLater(async () => {
  const { explorerPlugin } = await import('@graphiql/plugin-explorer');
  return explorerPlugin({ showAttribution: false }).content;
});

const BuilderIcon = lineIcon('M4 5h4v4H4zM4 15h4v4H4zM12 7h8M12 17h8');

/** Query builder with checkboxes, loaded on first use. */
export const queryBuilderPlugin = (): GraphiQLPlugin => ({
  title: say('Query builder'),
  icon: BuilderIcon,
  content: () => (
    <Suspense fallback={<p>{say('Loading …')}</p>}>
      <Builder />
    </Suspense>
  ),
});
