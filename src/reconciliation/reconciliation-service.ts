import { type Ask, dataOf, QuestionFailed } from '../asking/ask.ts';
import { kindsOfEntities } from '../asking/entity-kinds.ts';
import { isObject, type JsonObject } from '../asking/json.ts';
import { type Asked, rootQuestion } from '../asking/root-question.ts';
import { escapeMarkup } from '../ontology/escape-markup.ts';
import { constantCase } from '../ontology/letter-case.ts';
import { namedKind } from '../ontology/named-kind.ts';
import { limits } from '../schema/limits.ts';
import { extend } from './extend.ts';
import { comparable } from './name-similarity.ts';
import { listedProperties, nameOf, typeNamed } from './properties.ts';
import { reconcile, usualKinds } from './reconcile.ts';
import { bounds, ReconciliationRefused, readQueries } from './reconciliation-query.ts';

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

const SUGGESTIONS = 20;

/** A service for a graph, whose types are the kinds of its ontology. */
export function createReconciliationService(asked: Asked & { readonly name: string }): ReconciliationService {
  const { ontology } = asked;

  const manifest = (base: string) => {
    const at = (kind: string, flyout: boolean) => ({
      service_url: base,
      service_path: `/reconcile/suggest/${kind}`,
      ...(flyout ? { flyout_service_url: base, flyout_service_path: `/reconcile/flyout/${kind}?id=\${id}` } : {}),
    });
    return {
      versions: ['0.2'],
      name: asked.name,
      identifierSpace: `${base}/entity/`,
      schemaSpace: `${base}/schema.graphql`,
      defaultTypes: usualKinds(ontology).map((kind) => typeNamed(ontology, kind)),
      view: { url: `${base}/entity/{{id}}` },
      preview: { url: `${base}/reconcile/preview?id={{id}}`, width: 400, height: 200 },
      suggest: { entity: at('entity', true), property: at('property', true), type: at('type', true) },
      extend: {
        propose_properties: { service_url: base, service_path: '/reconcile/extend/propose' },
        property_settings: [],
      },
    };
  };

  async function suggestEntities(prefix: string, skipped: number, ask: Ask) {
    const question = rootQuestion(
      asked,
      'suggest',
      { prefix: prefix.slice(0, bounds.text), limit: Math.min(skipped + SUGGESTIONS, limits.suggestions) },
      '{ kind slug name text }',
    );
    const data = dataOf(
      await ask({ ...question, query: question.query.replace(' @cite(styles: [])', '') }, { isOwnDocument: true }),
    );
    const found = (data.suggest ?? []) as { kind: string; slug: string; name: string; text: string }[];
    return found.length === 0
      ? similarEntities(prefix, skipped, ask)
      : found.slice(skipped).map(({ kind, slug, name, text }) => {
          const of = namedKind(ontology, kind);
          return {
            id: slug,
            name,
            ...(text === name ? {} : { description: text }),
            notable: of ? [typeNamed(ontology, of)] : [],
          };
        });
  }

  /** A client that suggests matches for a cell sends its whole text, which no name may begin with. */
  async function similarEntities(text: string, skipped: number, ask: Ask) {
    const named = { text: text.slice(0, bounds.text), isNamed: true, types: [], prefersTypes: false, values: [] };
    const { q } = await reconcile(asked, ask, new Map([['q', { ...named, limit: bounds.candidates }]]));
    return (q?.result ?? []).slice(skipped, skipped + SUGGESTIONS).map(({ id, name, description, type }) => ({
      id,
      name,
      ...(description === undefined ? {} : { description }),
      notable: type,
    }));
  }

  const beginsWith = <Item extends { readonly id: string; readonly name: string }>(
    items: readonly Item[],
    prefix: string,
    skipped: number,
  ) => {
    const typed = comparable(prefix);
    return items
      .filter(({ id, name }) => comparable(name).includes(typed) || comparable(id).includes(typed))
      .toSorted(
        (one, two) => Number(comparable(two.name).startsWith(typed)) - Number(comparable(one.name).startsWith(typed)),
      )
      .slice(skipped, skipped + SUGGESTIONS);
  };

  const types = () =>
    ontology.kindNames.map((kind) => ({ ...typeNamed(ontology, kind), description: ontology.kind(kind).description }));

  /** A few words on an entity, as a fragment of HTML. */
  async function entityHtml(slug: string, ask: Ask): Promise<string> {
    const kinds = await kindsOfEntities([slug], { ontology, ask });
    const kind = kinds.get(slug) ?? '';
    const texts = Object.entries(ontology.propertiesOf(kind)).filter(
      ([name, { type, list, searched }]) =>
        type === 'text' &&
        (list ? searched === 'otherName' : searched !== undefined || name === 'description') &&
        name !== 'name',
    );
    const single = [...ontology.relationFieldsOf(kind).values()].filter(({ toOne }) => toOne);
    const others = [...texts.map(([name]) => name), ...single.map(({ name }) => name)];
    const { singular } = ontology.kind(kind);
    const selected = [...texts.map(([name]) => name), ...single.map(({ name }) => `${name} { name }`)];
    const fields = ['name', ...selected].join(' ');
    const question = rootQuestion(asked, singular, { slug }, `{ ${fields} }`);
    const data = dataOf(
      await ask({ ...question, query: question.query.replace(' @cite(styles: [])', '') }, { isOwnDocument: true }),
    );
    const entity = data[singular] as JsonObject | null;
    if (!entity) throw new QuestionFailed('BAD_USER_INPUT', `There is no entity ${slug}.`);
    const lines = others.flatMap((name) => {
      const value = entity[name];
      const text = [isObject(value) ? value.name : (value ?? [])].flat().map(String).join('; ');
      const label = name === 'description' ? '' : `${nameOf(name)}: `;
      return text === '' ? [] : [`<p>${escapeMarkup(label + text)}</p>`];
    });
    return `<p><strong>${escapeMarkup(String(entity.name))}</strong> (${escapeMarkup(typeNamed(ontology, kind).name)}, ${escapeMarkup(slug)})</p>${lines.join('')}`;
  }

  function required(parameters: URLSearchParams, name: string): string {
    const value = parameters.get(name)?.slice(0, bounds.text) ?? '';
    if (value.trim() !== '') return value;
    throw new ReconciliationRefused(`The parameter \`${name}\` is missing.`);
  }

  /** The number of suggestions that the client has already. */
  function skippedBy(parameters: URLSearchParams): number {
    const cursor = parameters.get('cursor') ?? '0';
    if (/^\d{1,9}$/.test(cursor)) return Number(cursor);
    throw new ReconciliationRefused('`cursor` must be the number of suggestions to skip.');
  }

  function describing(
    items: readonly { readonly id: string; readonly name: string; readonly description: string }[],
    id: string,
  ): string {
    const found = items.find((item) => item.id === id);
    if (found)
      return `<p><strong>${escapeMarkup(found.name)}</strong> (${escapeMarkup(found.id)})</p><p>${escapeMarkup(found.description)}</p>`;
    throw new ReconciliationRefused(`There is no ${id}.`);
  }

  function propose(parameters: URLSearchParams) {
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

  return async ({ path, parameters, base }, ask) => {
    const suggested = async (suggest: (prefix: string, skipped: number) => unknown) => ({
      json: { result: await suggest(required(parameters, 'prefix'), skippedBy(parameters)) },
    });
    const flyout = (html: string) => ({ json: { id: parameters.get('id'), html } });
    switch (path) {
      case '': {
        const queries = parameters.get('queries');
        if (queries !== null) return { json: await reconcile(asked, ask, readQueries(queries)) };
        const extension = parameters.get('extend');
        return { json: extension === null ? manifest(base) : await extend(asked, ask, extension) };
      }
      case '/suggest/entity':
        return suggested((prefix, skipped) => suggestEntities(prefix, skipped, ask));
      case '/suggest/property':
        return suggested((prefix, skipped) =>
          beginsWith(listedProperties(ontology, ontology.kindNames), prefix, skipped),
        );
      case '/suggest/type':
        return suggested((prefix, skipped) => beginsWith(types(), prefix, skipped));
      case '/flyout/entity':
        return flyout(await entityHtml(required(parameters, 'id'), ask));
      case '/flyout/property':
        return flyout(describing(listedProperties(ontology, ontology.kindNames), required(parameters, 'id')));
      case '/flyout/type':
        return flyout(describing(types(), required(parameters, 'id')));
      case '/preview': {
        const body = await entityHtml(required(parameters, 'id'), ask);
        return {
          html: `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${asked.name}</title></head><body>${body}</body></html>`,
        };
      }
      case '/extend/propose':
        return { json: propose(parameters) };
      default:
        return undefined;
    }
  };
}
