import type { Ask } from '../../graphql/internal-client/ask.ts';
import type { Asked } from '../../graphql/internal-client/root-question.ts';
import { constantCase } from '../../ontology/letter-case.ts';
import { namedKind } from '../../ontology/named-kind.ts';
import type { Ontology } from '../../ontology/ontology.ts';
import { extend } from './extend.ts';
import { manifestOf } from './manifest.ts';
import { entityHtml, namedHtml, previewPage } from './previews.ts';
import { listedProperties, typeNamed } from './properties.ts';
import { reconcile } from './reconcile.ts';
import { bounds, ReconciliationRefused, readQueries } from './reconciliation-query.ts';
import { suggestEntities, suggestNamed, type Typed } from './suggest.ts';

/** A response: JSON, or a page. */
export type ServiceAnswer = { readonly json: unknown } | { readonly html: string };

/** A request of the Reconciliation API. */
export interface ServiceRequest {
  /** The path below `/reconcile`. */
  readonly path: string;
  readonly parameters: URLSearchParams;
  /** The address of the server as its clients see it, without a slash at its end. */
  readonly base: string;
}

/** The Reconciliation API 0.2 of a graph. @throws ReconciliationRefused, QuestionFailed; undefined for an unknown path */
export type ReconciliationService = (request: ServiceRequest, ask: Ask) => Promise<ServiceAnswer | undefined>;

/** A parameter. @throws ReconciliationRefused where it is missing */
function required(parameters: URLSearchParams, name: string): string {
  const value = parameters.get(name)?.slice(0, bounds.text) ?? '';
  if (value.trim() !== '') return value;
  throw new ReconciliationRefused(`The parameter \`${name}\` is missing.`);
}

/** @throws ReconciliationRefused */
function readTyped(parameters: URLSearchParams): Typed {
  const prefix = required(parameters, 'prefix');
  const cursor = parameters.get('cursor') ?? '0';
  if (/^\d{1,9}$/.test(cursor)) return { prefix, skipped: Number(cursor) };
  throw new ReconciliationRefused('`cursor` must be the number of suggestions to skip.');
}

/** The properties that entities of a type may be extended by. @throws ReconciliationRefused */
function propose(ontology: Ontology, parameters: URLSearchParams) {
  const type = required(parameters, 'type');
  const kind = namedKind(ontology, type);
  if (kind === undefined) {
    throw new ReconciliationRefused(
      `There is no type ${type}. The types are ${ontology.kindNames.map(constantCase).join(', ')}.`,
    );
  }
  const limit = Number(parameters.get('limit') ?? Number.NaN);
  const properties = listedProperties(ontology, [kind]);
  return { type, ...(limit > 0 ? { limit } : {}), properties: limit > 0 ? properties.slice(0, limit) : properties };
}

/** A service for a graph, whose types are the kinds of its ontology. */
export function createReconciliationService(asked: Asked & { readonly name: string }): ReconciliationService {
  const { ontology, name } = asked;
  const properties = () => listedProperties(ontology, ontology.kindNames);
  const types = () =>
    ontology.kindNames.map((kind) => ({ ...typeNamed(ontology, kind), description: ontology.kind(kind).description }));

  return async ({ path, parameters, base }, ask) => {
    const suggested = (result: unknown): ServiceAnswer => ({ json: { result } });
    const flyout = (html: string): ServiceAnswer => ({ json: { id: parameters.get('id'), html } });
    switch (path) {
      case '': {
        const queries = parameters.get('queries');
        if (queries !== null) return { json: await reconcile(asked, ask, readQueries(queries)) };
        const extension = parameters.get('extend');
        return { json: extension === null ? manifestOf(ontology, name, base) : await extend(asked, ask, extension) };
      }
      case '/suggest/entity':
        return suggested(await suggestEntities(asked, ask, readTyped(parameters)));
      case '/suggest/property':
        return suggested(suggestNamed(properties(), readTyped(parameters)));
      case '/suggest/type':
        return suggested(suggestNamed(types(), readTyped(parameters)));
      case '/flyout/entity':
        return flyout(await entityHtml(asked, ask, required(parameters, 'id')));
      case '/flyout/property':
        return flyout(namedHtml(properties(), required(parameters, 'id')));
      case '/flyout/type':
        return flyout(namedHtml(types(), required(parameters, 'id')));
      case '/preview':
        return { html: previewPage(name, await entityHtml(asked, ask, required(parameters, 'id'))) };
      case '/extend/propose':
        return { json: propose(ontology, parameters) };
      default:
        return undefined;
    }
  };
}
