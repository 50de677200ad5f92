import { getOrInsert } from '../../ontology/get-or-insert.ts';
import { capitalized, pascalCase } from '../../ontology/letter-case.ts';
import { oncePer } from '../../ontology/once-per.ts';
import type { Ontology } from '../../ontology/ontology.ts';
import type { Property, RelationType } from '../../ontology/vocabulary.ts';
import { partFor, type SchemaBase } from '../builder.ts';
import { nounOf, relationTypeName } from '../names.ts';
import {
  expectedRevision,
  type InputFieldBuilder,
  type MutationInputRef,
  mutationInputRef,
  propertyInputs,
} from './mutation-property-inputs.ts';

export const sources = (t: InputFieldBuilder, description: string) => t.idList({ description });

/** The ends of a relation, and the revision that its start is expected to have. */
export const endsOf = (t: InputFieldBuilder) => ({
  from: t.id({ required: true, description: 'ID or slug of the entity at the start of the relation.' }),
  to: t.id({ required: true, description: 'ID or slug of the entity at the end of the relation.' }),
  expectedRevision: expectedRevision(t, 'the start entity'),
});

/** The kinds at both ends in words: `From laboratory to country.` */
export function relationEnds(ontology: Ontology, relation: RelationType): string {
  const { from, to } = ontology.relation(relation);
  return `From ${nounOf(ontology, from)} to ${nounOf(ontology, to)}.`;
}

const shapeOf = (properties: Readonly<Record<string, Property>>) =>
  JSON.stringify(
    Object.entries(properties)
      .map(([name, { type, enumeration, list, required }]) => [
        name,
        enumeration ?? type,
        list ?? false,
        required ?? false,
      ])
      .sort(),
  );

/** `since`, `until` and an enumeration as `SinceUntilAndMemberOfStatus`. */
function wordsFor(properties: Readonly<Record<string, Property>>): string {
  const words = Object.entries(properties).map(([name, { enumeration }]) => enumeration ?? pascalCase(name));
  const last = words.pop() ?? '';
  return words.length > 0 ? `${words.join('')}And${last}` : last;
}

/**
 * The name of the input of each relation. Relations with the same properties share one, which is named after these; where
 * other properties have the same names, after the relation.
 */
const inputNames = oncePer(({ relationTypes, edgePropertiesOf }: Ontology): ReadonlyMap<RelationType, string> => {
  const byShape = new Map<string, string>();
  const taken = new Set<string>();
  return new Map(
    relationTypes.map((relation) => {
      const properties = edgePropertiesOf(relation);
      const shape = shapeOf(properties);
      const isPlain = Object.keys(properties).length === 0;
      const wanted = isPlain ? 'PlainLink' : `LinkWith${capitalized(wordsFor(properties))}`;
      const name = getOrInsert(byShape, shape, () =>
        taken.has(wanted) ? `Link${relationTypeName(relation)}` : wanted,
      );
      taken.add(name);
      return [relation, name] as const;
    }),
  );
});

const linkInput = partFor((base, name: string): MutationInputRef => {
  const { ontology } = base;
  const ref = mutationInputRef(base, name);
  const relation = ontology.relationTypes.find((type) => inputNames(ontology).get(type) === name);
  ref.implement({
    description: 'A relation, with its properties as the type of its edges describes them.',
    fields: (t) => ({
      ...endsOf(t),
      ...(relation && propertyInputs(base, t, ontology.edgePropertiesOf(relation))),
      ...(ontology.provenance && {
        sources: sources(t, 'IDs or slugs of sources. Default: those that the start entity cites.'),
      }),
    }),
  });
  return ref;
});

/** The input type of a relation. */
export const linkInputOf = (base: SchemaBase, relation: RelationType): MutationInputRef =>
  linkInput(base, inputNames(base.ontology).get(relation) ?? 'PlainLink');
