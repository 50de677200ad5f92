import type { Ontology } from '../../ontology/ontology.ts';
import { typeNamed } from './properties.ts';
import { usualKinds } from './reconcile.ts';

/**
 * What the service of a graph offers, and where (Reconciliation API 0.2, section 3).
 * @param base the address of the server as its clients see it, without a slash at its end
 */
export function manifestOf(ontology: Ontology, name: string, base: string) {
  const suggest = (what: string) => ({
    ...{ service_url: base, service_path: `/reconcile/suggest/${what}` },
    ...{ flyout_service_url: base, flyout_service_path: `/reconcile/flyout/${what}?id=\${id}` },
  });
  return {
    versions: ['0.2'],
    name,
    identifierSpace: `${base}/entity/`,
    schemaSpace: `${base}/schema.graphql`,
    defaultTypes: usualKinds(ontology).map((kind) => typeNamed(ontology, kind)),
    view: { url: `${base}/entity/{{id}}` },
    preview: { url: `${base}/reconcile/preview?id={{id}}`, width: 400, height: 200 },
    suggest: { entity: suggest('entity'), property: suggest('property'), type: suggest('type') },
    extend: {
      propose_properties: { service_url: base, service_path: '/reconcile/extend/propose' },
      property_settings: [],
    },
  };
}
