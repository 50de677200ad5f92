import type { Ontology } from '../../ontology/ontology.ts';
import type { Kind, Properties } from '../../ontology/vocabulary.ts';
import { lazyType } from '../builder.ts';
import { globalId } from '../identifiers.ts';
import { EntityInterface, NodeInterface, refOf } from '../references.ts';
import { propertyFields } from './property-fields.ts';

const ownPropertiesOf = ({ propertiesOf, sharedProperties }: Ontology, kind: Kind): Properties =>
  Object.fromEntries(Object.entries(propertiesOf(kind)).filter(([name]) => !Object.hasOwn(sharedProperties, name)));

/** Adds the kinds with their properties. */
export const addEntities = lazyType((base) => {
  const { builder, ontology } = base;
  builder.interfaceType(NodeInterface(base), {
    description:
      'An object with a global ID, as defined by Relay (https://relay.dev/graphql/objectidentification.htm).',
    resolveType: ({ kind }) => kind,
    fields: (t) => ({
      id: t.id({
        nullable: false,
        description: 'Opaque global ID, stable across restarts and imports. Pass it to `node`.',
        resolve: ({ kind, slug }) => globalId(kind, slug),
      }),
    }),
  });

  builder.interfaceType(EntityInterface(base), {
    description: 'Fields that every kind of entity has.',
    interfaces: [NodeInterface(base)],
    resolveType: ({ kind }) => kind,
    fields: (t) => ({
      slug: t.exposeString('slug', {
        nullable: false,
        description: 'Readable key, unique across all kinds. It never changes.',
      }),
      ...propertyFields(base, t, ontology.sharedProperties),
    }),
  });

  for (const kind of ontology.kindNames) {
    builder.objectType(refOf(base, kind), {
      description: ontology.kind(kind).description,
      interfaces: [NodeInterface(base), EntityInterface(base)],
      fields: (t) => propertyFields(base, t, ownPropertiesOf(ontology, kind)),
    });
  }
});
