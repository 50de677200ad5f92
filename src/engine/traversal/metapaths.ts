import { getOrInsert } from '../../ontology/get-or-insert.ts';
import { memoize } from '../../ontology/memoize.ts';
import type { Ontology } from '../../ontology/ontology.ts';
import type { Kind, RelationType } from '../../ontology/vocabulary.ts';
import type { Walk } from '../graph/walk.ts';

/** The relation types possible in each step of a metapath. */
export type StepTypes = readonly (readonly RelationType[])[];

/** The relations of metapaths of a length between two kinds; `null` if there are none. */
export type Metapaths = (near: Kind, far: Kind, length: number) => StepTypes | null;

/** The kinds that may lie next to those of a kind, by relation. */
const nextTo = memoize(
  ({ kindNames, relationTypes, kindsAt }: Ontology) =>
    new Map(
      kindNames.map((kind) => {
        const byRelation = relationTypes.map((relation) => {
          const [from, to] = [kindsAt(relation, 'from'), kindsAt(relation, 'to')];
          const far: readonly Kind[] = [...(from.includes(kind) ? to : []), ...(to.includes(kind) ? from : [])];
          return [relation, far] as const;
        });
        return [kind, new Map(byRelation.filter(([, far]) => far.length > 0))] as const;
      }),
    ),
);

/**
 * The relations possible in each step of a path of a length between two kinds, according to the ontology. They keep a
 * search from looking where nothing can be found, and from reading the irrelevant relations of a hub.
 */
export function metapaths({ ontology, relations, kinds }: Walk): Metapaths {
  const next = nextTo(ontology);
  const farKinds = (kind: Kind, relation: RelationType): readonly Kind[] => next.get(kind)?.get(relation) ?? [];
  const answers = new Map<string, StepTypes | null>();
  const allows = (kind: Kind) => kinds === null || kinds.includes(kind);

  /** The kinds after 0, 1, … steps. */
  function reached(start: Kind, steps: number): readonly ReadonlySet<Kind>[] {
    const levels: Set<Kind>[] = [new Set([start])];
    for (let step = 0; step < steps; step += 1) {
      const further = [...(levels[step] as Set<Kind>)]
        .filter((kind) => step === 0 || allows(kind))
        .flatMap((kind) => relations.flatMap((relation) => farKinds(kind, relation)));
      levels.push(new Set(further));
    }
    return levels;
  }

  function find(near: Kind, far: Kind, length: number): StepTypes | null {
    const [fromNear, fromFar] = [reached(near, length), reached(far, length)];
    const isOn = (kind: Kind, step: number) =>
      (step === 0 ? kind === near : step === length ? kind === far : allows(kind) && fromNear[step]?.has(kind)) &&
      (fromFar[length - step]?.has(kind) ?? false);
    const steps = Array.from({ length }, (_, step) =>
      relations.filter((relation) =>
        [...(fromNear[step] ?? [])].some(
          (kind) => isOn(kind, step) && farKinds(kind, relation).some((beyond) => isOn(beyond, step + 1)),
        ),
      ),
    );
    return steps.every((types) => types.length > 0) ? steps : null;
  }

  return (near, far, length) => {
    const key = `${near} ${far} ${length}`;
    return getOrInsert(answers, key, () => find(near, far, length));
  };
}
