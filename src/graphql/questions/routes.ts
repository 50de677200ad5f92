import type { Ontology, RelationField } from '../../ontology/ontology.ts';
import type { Kind, RelationType } from '../../ontology/vocabulary.ts';

/** The relations that lead from an entity to others, in order. */
export type Route = readonly RelationField[];

/** Relations that a question follows unless it names others. */
const followed = (ontology: Ontology, kind: Kind): readonly RelationField[] =>
  [...ontology.relationFieldsOf(kind).values()].filter(
    ({ relation, target }) =>
      target !== 'Entity' &&
      (relation === ontology.provenance?.relation || !ontology.skippedRelations.includes(relation)),
  );

const reachOf = (ontology: Ontology, { relation }: RelationField) => ontology.relation(relation).searched;

/** The relations that search follows, if there are any among these: others say less of what an entity is about. */
function telling(ontology: Ontology, fields: readonly RelationField[]): readonly RelationField[] {
  const searched = fields.filter((field) => reachOf(ontology, field) !== undefined);
  return searched.length > 0 ? searched : fields;
}

export interface Wanted {
  /** A relation that must be followed, and its end, if the question names one. */
  readonly relation?: RelationType | undefined;
  readonly toward?: 'forward' | 'backward' | undefined;
  /** Whether a single entity is meant, and not all of its kind. */
  readonly isEntity?: boolean;
}

const isWanted = ({ relation, toward }: Wanted, field: RelationField): boolean =>
  relation === undefined ||
  (field.relation === relation &&
    (toward === undefined || field.reading === 'BOTH' || (field.reading === 'FORWARD') === (toward === 'forward')));

/**
 * How a question gets from entities of one kind to those of another: directly, and for a single entity also by what it is
 * the whole of; else by the kinds between. Empty if there is no way of two steps.
 */
export function routesBetween(ontology: Ontology, from: Kind, to: Kind, wanted: Wanted = {}): readonly Route[] {
  const first = followed(ontology, from);
  const named = wanted.relation !== undefined;
  const direct = first.filter((field) => field.target === to && isWanted(wanted, field) && (named || from !== to));
  const routes: Route[] = telling(ontology, direct).map((field) => [field]);
  if (direct.length > 0 && !wanted.isEntity) return routes;
  const steps = first.flatMap((one) =>
    one.target === 'Entity' || one.target === from
      ? []
      : followed(ontology, one.target)
          .filter((two) => two.target === to && two.relation !== ontology.provenance?.relation)
          .filter((two) => isWanted(wanted, one) || isWanted(wanted, two))
          .map((two): Route => [one, two]),
  );
  // Members of what is named are meant with it.
  const wholes = steps.filter(
    ([one, two]) =>
      one &&
      two &&
      reachOf(ontology, one) === 'related' &&
      one.reading === 'FORWARD' &&
      reachOf(ontology, two) === 'whole' &&
      two.reading === 'FORWARD',
  );
  if (direct.length > 0) return named ? routes : [...routes, ...wholes];
  if (wholes.length > 0) return wholes;
  const searched = steps.filter((route) => route.every((field) => reachOf(ontology, field) !== undefined));
  const [best] = searched.length > 0 ? searched : steps;
  return best && best[0]?.relation !== ontology.provenance?.relation ? [best] : [];
}
