import { counted, inLine } from '../../drawing/words.ts';
import { relationNamed } from '../api/ontology.ts';
import { passFocusToTitle } from '../keyboard/pass-focus.ts';
import { stepKey } from '../navigation/address.ts';
import { go } from '../navigation/navigation.ts';
import { Failure, nameOf } from '../parts/parts.tsx';
import { relationTitle } from '../settings/known.ts';
import { Said, say } from '../settings/say.tsx';
import { Written } from '../settings/written.tsx';
import { takenSteps, wholeGraph } from './drawn.ts';

/** Relations of an opened entity that are shown at first, and at most. */
const [USUAL, MOST] = [60, 500];

/** Notes on steps that failed or were truncated. */
export function StepNotes() {
  // The same step may occur more than once.
  const taken = new Map(takenSteps.value.map((each) => [stepKey(each.step), each]));
  const notes = [...taken].flatMap(([key, { step, resource }]) => {
    const loaded = resource.loaded.value;
    if (loaded.state === 'failed') {
      return [
        <Failure key={key} failed={loaded} again={resource.again} what={say('part of the graph')}>
          <button
            type="button"
            onClick={() => {
              passFocusToTitle();
              go((now) => ({ ...now, steps: now.steps.filter((each) => stepKey(each) !== key) }));
            }}
          >
            {say('Remove this step')}
          </button>
        </Failure>,
      ];
    }
    const truncated = loaded.state === 'ready' ? loaded.value.truncated : undefined;
    if (!truncated || step.do !== 'open') return [];
    const left = truncated.leftOut.reduce((sum, { count }) => sum + count, 0);
    const card = wholeGraph.value.nodes.find(({ slug }) => slug === step.slug);
    const name = card ? nameOf(card) : step.slug;
    const shown = step.limit ?? USUAL;
    const limit = Math.min(MOST, shown * 3);
    return [
      <p key={key} class="note">
        <Said
          text="{name} has {relations} more:"
          with={{ name: <Written text={name} />, relations: counted(left, 'relation') }}
        />{' '}
        {inLine(
          truncated.leftOut
            .slice(0, 3)
            .map(({ relation, count }) => `${relationTitle(relation, true, relationNamed(relation))} ${count}`),
        )}
        {truncated.leftOut.length > 3 && ' …'}{' '}
        {limit > shown && (
          <button
            type="button"
            class="link"
            onClick={() => {
              passFocusToTitle();
              go((now) => ({
                ...now,
                steps: now.steps.map((each) => (stepKey(each) === key ? { ...step, limit } : each)),
              }));
            }}
          >
            {say('Show more')}
          </button>
        )}
      </p>,
    ];
  });
  return <div class="step-notes">{notes}</div>;
}
