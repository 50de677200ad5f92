import { linkInputNames, PLAIN_LINK } from '../../ontology/link-input-names.ts';
import { memoize } from '../../ontology/memoize.ts';
import type { Ontology } from '../../ontology/ontology.ts';
import type { RelationType } from '../../ontology/vocabulary.ts';
import { lazyTypeFor, type SchemaBase } from '../builder.ts';
import { nounOf } from '../names.ts';
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

const inputNames = memoize(({ definition }: Ontology) => linkInputNames(definition.relations));

const linkInput = lazyTypeFor((base, name: string): MutationInputRef => {
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
  linkInput(base, inputNames(base.ontology).get(relation) ?? PLAIN_LINK);
