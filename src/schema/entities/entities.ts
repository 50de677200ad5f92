import { propertiesOf } from '../../ontology/fields.ts';
import { type Kind, kindNames, kinds, sharedProperties } from '../../ontology/kinds.ts';
import type { Properties } from '../../ontology/vocabulary.ts';
import { builder } from '../builder.ts';
import { globalId } from '../identifiers.ts';
import { EntityInterface, NodeInterface, refs } from '../references.ts';
import { propertyFields } from './property-fields.ts';

builder.interfaceType(NodeInterface, {
  description: 'An object with a global ID, as defined by Relay (https://relay.dev/graphql/objectidentification.htm).',
  resolveType: ({ kind }) => kind,
  fields: (t) => ({
    id: t.id({
      nullable: false,
      description: 'Opaque global ID, stable across restarts and imports. Pass it to `node`.',
      resolve: ({ kind, slug }) => globalId(kind, slug),
    }),
  }),
});

builder.interfaceType(EntityInterface, {
  description: 'Fields that every kind of entity has.',
  interfaces: [NodeInterface],
  resolveType: ({ kind }) => kind,
  fields: (t) => ({
    slug: t.exposeString('slug', {
      nullable: false,
      description: 'Readable key, unique across all kinds. It never changes.',
    }),
    ...propertyFields(t, sharedProperties),
  }),
});

const ownPropertiesOf = (kind: Kind): Properties =>
  Object.fromEntries(Object.entries(propertiesOf(kind)).filter(([name]) => !Object.hasOwn(sharedProperties, name)));

for (const kind of kindNames) {
  builder.objectType(refs[kind], {
    description: kinds[kind].description,
    interfaces: [NodeInterface, EntityInterface],
    fields: (t) => propertyFields(t, ownPropertiesOf(kind)),
  });
}
