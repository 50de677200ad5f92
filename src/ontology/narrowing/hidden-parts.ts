import type { Ontology } from '../ontology.ts';
import { propertiesOfTraits } from '../traits.ts';
import type { Kind, OntologyDefinition, RelationType } from '../vocabulary.ts';

/** What of an ontology is left out. */
export interface HiddenParts {
  readonly kinds: ReadonlySet<Kind>;
  readonly relations: ReadonlySet<RelationType>;
  /** Whether a property of a kind, of every kind (`Entity`) or of a relation is left out. */
  readonly hasProperty: (owner: string, property: string) => boolean;
}

function faultOfProperty(definition: OntologyDefinition, owner: string, property: string): string | undefined {
  const { kinds, relations, sharedProperties } = definition;
  const name = `${owner}.${property}`;
  const shared = { ...sharedProperties, ...propertiesOfTraits(definition) };
  if (owner === 'Entity') {
    if (property === 'name') return 'Entity.name cannot be hidden: every entity is shown by its name.';
    return Object.hasOwn(shared, property) ? undefined : `There is no property ${property} that every kind has.`;
  }
  const kind = kinds[owner];
  if (kind?.slugFrom === property) return `${name} cannot be hidden: the slugs of ${owner} come from it.`;
  if (kind && Object.hasOwn(shared, property)) {
    return `Every kind has ${property}, so it is hidden from all of them at once: Entity.${property}.`;
  }
  const own = kind?.properties ?? relations[owner]?.properties ?? {};
  if (!kind && !relations[owner]) return `There is no kind and no relation ${owner}.`;
  return Object.hasOwn(own, property) ? undefined : `${owner} has no property ${property}.`;
}

/** Where a name leads from: `hide` lists kinds, relations, and properties as `Kind.property` or `RELATION.property`. */
function faultOf({ definition, isKind, isRelationType }: Ontology, name: string): string | undefined {
  const [owner = '', property, ...others] = name.split('.');
  if (others.length > 0) return `${name} is neither a kind, a relation nor a property.`;
  if (property !== undefined) return faultOfProperty(definition, owner, property);
  return isKind(owner) || isRelationType(owner) ? undefined : `There is no kind and no relation ${owner}.`;
}

/** The mistakes in a list of what to hide, each as a sentence. */
export function faultsOfHidden(whole: Ontology, hidden: readonly string[]): readonly string[] {
  const faults = hidden.flatMap((name) => faultOf(whole, name) ?? []);
  const { kinds, relations } = hiddenParts(whole, hidden);
  if (kinds.size === whole.kindNames.length) return [...faults, 'At least one kind must be left.'];
  return relations.size === whole.relationTypes.length ? [...faults, 'At least one relation must be left.'] : faults;
}

/** What a list names, and what cannot be without it: the relations of a kind. */
export function hiddenParts({ definition }: Ontology, hidden: readonly string[]): HiddenParts {
  const named = new Set(hidden);
  const { kinds, relations } = definition;
  const hiddenKinds = new Set(Object.keys(kinds).filter((kind) => named.has(kind)));
  const isHidden = ([type, { from, to }]: readonly [string, { readonly from: string; readonly to: string }]) =>
    named.has(type) || hiddenKinds.has(from) || hiddenKinds.has(to);
  return {
    kinds: hiddenKinds,
    relations: new Set(
      Object.entries(relations)
        .filter(isHidden)
        .map(([type]) => type),
    ),
    hasProperty: (owner, property) => named.has(`${owner}.${property}`),
  };
}
