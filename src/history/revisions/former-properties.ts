import { inOrder, isSameState } from '../../engine/changes/apply/record-state.ts';
import type { RecordState } from '../../engine/changes/change.ts';
import { isFields } from '../../engine/changes/check/check-properties.ts';
import type { Ontology } from '../../ontology/ontology.ts';
import type { Properties } from '../../ontology/vocabulary.ts';
import type { RecordDifference } from './difference.ts';

/** The fields that the ontology has, and those that it no longer has. */
function divided(properties: Properties, fields: RecordState): readonly [known: RecordState, former: RecordState] {
  const own = (isKnown: boolean) =>
    Object.fromEntries(Object.entries(fields).filter(([name]) => Object.hasOwn(properties, name) === isKnown));
  return [inOrder(properties, own(true)), own(false)];
}

/** The same state without former properties, and these. */
function dividedState(
  ontology: Ontology,
  one: RecordDifference,
  state: RecordState | null,
): readonly [known: RecordState | null, former: RecordState] {
  if (state === null) return [null, {}];
  if (one.subject === 'ENTITY') return divided(ontology.propertiesOf(one.entity.kind), state);
  const { properties, ...others } = state;
  if (!isFields(properties)) return [state, {}];
  const [known, former] = divided(ontology.edgePropertiesOf(one.relation), properties);
  return [Object.keys(known).length > 0 ? { properties: known, ...others } : others, former];
}

/** A difference between two states as far as the ontology still has their properties. */
export interface DifferenceToday {
  readonly difference: RecordDifference;
  /** A property that the ontology no longer has, and that was otherwise before. */
  readonly former?: string;
}

export function differenceToday(ontology: Ontology, one: RecordDifference): DifferenceToday {
  const [before, had] = dividedState(ontology, one, one.before);
  const [after, has] = dividedState(ontology, one, one.after);
  const difference = { ...one, before, after };
  // What did not exist is deleted with all that it has.
  const names = before === null ? [] : Object.keys({ ...had, ...has });
  const changed = names.find((name) => !isSameState({ [name]: had[name] }, { [name]: has[name] }));
  if (changed === undefined) return { difference };
  return { difference, former: `${one.subject === 'ENTITY' ? one.entity.kind : one.relation}.${changed}` };
}
