import { counted } from '../../drawing/words.ts';
import { view } from '../navigation/navigation.ts';
import { settings } from '../settings/known.ts';
import { say } from '../settings/say.tsx';
import { isFailed, isLoading, wholeGraph } from './drawn.ts';
import { expand } from './expand.ts';

/** What stands in place of a graph without entities: why, and where to begin. */
export function EmptyGraph() {
  const { steps } = view.value;
  if (isLoading.value || isFailed.value) return null;
  const starters = Object.entries(settings().starters);
  const isFilteredOut = wholeGraph.value.nodes.length > 0;
  return (
    <div class="empty-graph">
      {isFilteredOut ? (
        <p>
          {say('The filters hide all {entities} on the graph.', {
            entities: counted(wholeGraph.value.nodes.length, 'entity'),
          })}
        </p>
      ) : steps.length > 0 ? (
        <p>{say('Nothing to draw. Undo the last step, or search for something else.')}</p>
      ) : (
        <>
          <p>
            {say(
              starters.length > 0
                ? 'The graph is empty. Search for {what}, or start with one of these:'
                : 'The graph is empty. Search for {what}.',
              { what: settings().search },
            )}
          </p>
          {starters.length > 0 && (
            <p class="starters">
              {starters.map(([slug, title]) => (
                <button key={slug} type="button" onClick={() => expand(slug)}>
                  {title}
                </button>
              ))}
            </p>
          )}
        </>
      )}
    </div>
  );
}
