import type { GraphQLSchema } from 'graphql';
import type { FetchAPI } from 'graphql-yoga';
import { LRUCache } from 'lru-cache';
import type { Logger } from 'pino';
import { smallBounds } from '../../../engine/budgets/memory-budget.ts';
import { isSlug } from '../../../engine/changes/check/check-properties.ts';
import type { Graph } from '../../../engine/graph/graph.ts';
import { readScope } from '../../../graphql/watching/scope-text.ts';
import { getOrInsert } from '../../../ontology/get-or-insert.ts';
import type { Ontology } from '../../../ontology/ontology.ts';
import type { PageFiles } from '../../../pages/serving/explorer.ts';
import { type PreviewPictures, previewSize } from '../../../pages/serving/preview-picture.ts';
import { digestOf, namedTag } from '../../../server/answer-text.ts';
import { badRequest, graphUnavailable, notReady } from '../../../server/bad-request.ts';
import type { SignedBookmarks } from '../../../server/bookmarks/signed-bookmarks.ts';
import { openBookmarks } from '../../../server/bookmarks/use-bookmarks.ts';
import { type Form, negotiate } from '../../../server/documents/negotiate.ts';
import { errorResponse, reportedError } from '../../../server/error-response.ts';
import type { AdmissionQueue } from '../../../server/limits/admission-queue.ts';
import { takePlace } from '../../../server/limits/take-place.ts';
import { recordOf } from '../../../server/observability/record-of.ts';
import type { OperationRecord } from '../../../server/operation-record.ts';
import type { RequestPlugin } from '../../../server/phases.ts';
import { decoded, hasTooManyParameters, pathOf, tooManyParameters, wayToRoot } from '../../../server/route.ts';
import { describeEntity } from '../described-entity.ts';
import { entityPreview } from '../entity-page.ts';
import { readsOfToday } from '../entity-reads.ts';
import { pageAddress } from '../entity-triples.ts';
import { missingPage } from '../page/message-pages.ts';
import type { PageView } from '../page/page-view.ts';
import { createVocabulary, type Vocabulary } from '../vocabulary.ts';
import type { FeedReads } from './change-atom.ts';
import {
  type DocumentReads,
  type EntityDocument,
  type EntityForm,
  entityDocument,
  entityForms,
  requestedPage,
  requestedRevisions,
  similarSlugs,
} from './entity-documents.ts';
import { sendErrorPage } from './error-page.ts';
import { graphDocuments, robotsText } from './graph-documents.ts';
import { htmlHeaders, languageOf } from './html-answer.ts';

export interface LinkedDataOptions {
  /** The graph for a request, with its limits, and its earlier states; `undefined` while there is none. */
  readonly readsFor: (request: Request) => Omit<FeedReads, 'readScope'> | undefined;
  /** Of it come the arguments that say which changes a feed has. */
  readonly schema: GraphQLSchema;
  /** Address of the server, without a slash at the end. @default that of each request */
  readonly publicUrl?: string | undefined;
  readonly bookmarks: SignedBookmarks;
  readonly queue: AdmissionQueue;
  /** Why nothing of the graph is served at the moment, as a sentence; `undefined` once it is. */
  readonly waitingFor: () => string | undefined;
  /** Addresses of files of the explorer that pages use. */
  readonly files?: PageFiles | undefined;
  /** Address to which errors in the data are reported. */
  readonly reportAddress?: string | undefined;
  /** Draws previews of links. */
  readonly previews?: PreviewPictures | undefined;
  /** Whether anonymous callers may read. */
  readonly isOpen: boolean;
  readonly log: Logger;
}

const ENTITIES = '/entity/';

/** The picture for previews of links to an entity. */
const PICTURE: Form = { ending: 'png', type: 'image/png' };

/** Paths that this plugin handles, for messages. */
export const linkedDataPaths = [ENTITIES, '/robots.txt', ...Object.keys(graphDocuments)];

/** Whether a request is for linked data. */
export const isLinkedData = ({ url }: Pick<Request, 'url'>): boolean => {
  const path = pathOf(url);
  return path.startsWith(ENTITIES) || Object.hasOwn(graphDocuments, path);
};

/** A document, or where it is. */
interface Document {
  readonly status?: number;
  readonly form: Form;
  readonly text: string | Uint8Array<ArrayBuffer>;
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * Serves every entity at an address of its own, as a page or as data, and what linked data clients and crawlers look for. Reads
 * have the access, limits and log of an operation of GraphQL.
 */
export function useLinkedData(options: LinkedDataOptions): RequestPlugin {
  const { readsFor, schema, publicUrl, bookmarks, queue, waitingFor, isOpen, log, files, previews, reportAddress } =
    options;
  const vocabularies = new LRUCache<string, Vocabulary>({ max: smallBounds.vocabularies.most });

  function vocabularyFor(ontology: Ontology, request: Request): Vocabulary {
    const base = publicUrl ?? new URL(request.url).origin;
    return getOrInsert(vocabularies, base, () => createVocabulary(ontology, base));
  }

  async function answer(request: Request, path: string): Promise<Document> {
    const record = recordOf(request);
    record.type = 'query';
    const reason = waitingFor();
    if (reason !== undefined) throw notReady(reason);
    if (hasTooManyParameters(request.url)) throw badRequest(tooManyParameters);
    await openBookmarks(request, bookmarks);
    await takePlace(queue, request);
    const reads = readsFor(request);
    if (!reads) throw graphUnavailable();
    const { graph } = reads;
    const vocabulary = vocabularyFor(graph.ontology, request);
    const accept = request.headers.get('accept');
    const document = graphDocuments[path];
    const query = new URL(request.url).searchParams;
    if (!document) {
      const view = {
        ...{
          language: languageOf(request),
          ...files?.(wayToRoot(request.url)),
          today: new Date().toISOString().slice(0, 10),
        },
        picture: previews?.isThere ? previewSize : undefined,
        reportAddress,
      };
      const name = decoded(path.slice(ENTITIES.length));
      return entity({ ...reads, signal: request.signal }, vocabulary, name, accept, query, view);
    }
    const form = negotiate(document.forms, accept) ?? document.forms[0];
    if (!form) throw notAcceptable(document.forms);
    return {
      form,
      text: await document.text(
        { ...reads, readScope: (text) => readScope(schema, graph.ontology, text) },
        vocabulary,
        form,
        query,
      ),
    };
  }

  async function entity(
    reads: DocumentReads,
    vocabulary: Vocabulary,
    name: string,
    accept: string | null,
    query: URLSearchParams,
    view: PageView,
  ): Promise<Document> {
    const [, slug = name, ending] = /^([^.]*)\.(.*)$/.exec(name) ?? [];
    if (ending === PICTURE.ending) return picture(reads.graph, vocabulary, slug, view);
    const form = formOf(ending, accept);
    const page = requestedPage(query);
    const earlier = requestedRevisions(query);
    const found = isSlug(slug) ? await entityDocument(reads, vocabulary, slug, form, page, view, earlier) : null;
    if (found) {
      const headers = {
        link: linksOf(vocabulary, slug, found),
        'content-location': pageAddress(`${vocabulary.entity(slug)}.${form.ending}`, page),
      };
      return { form, text: found.text, headers };
    }
    const similar = await similarSlugs(reads.graph, slug);
    const status = 404;
    if (form.ending === 'html') {
      const meant = similar.map((one) => ({ slug: one, address: vocabulary.entity(one) }));
      return {
        status,
        form,
        text: missingPage({ base: vocabulary.base, language: view.language, assets: view.assets }, slug, meant),
      };
    }
    const hint = similar.length === 0 ? '' : ` Similar: ${similar.join(', ')}.`;
    throw badRequest(`There is no entity ${JSON.stringify(slug.slice(0, 200))}.${hint}`, status);
  }

  async function picture(graph: Graph, vocabulary: Vocabulary, slug: string, view: PageView): Promise<Document> {
    const entity = isSlug(slug) ? await describeEntity(readsOfToday(graph), slug) : null;
    const text = entity && (await previews?.draw(entityPreview(vocabulary, entity, view)));
    if (text) return { form: PICTURE, text };
    throw badRequest(`There is no picture of ${JSON.stringify(slug.slice(0, 200))}.`, 404);
  }

  function respond(
    request: Request,
    { status = 200, form, text, headers }: Document,
    { Response }: FetchAPI,
  ): Response {
    const tag = `W/"${digestOf(text)}"`;
    const shared = {
      ...(form.ending === 'html' ? htmlHeaders : {}),
      vary: form.ending === 'html' ? 'accept, accept-language' : 'accept',
      'cache-control': 'no-cache',
      ...headers,
    };
    if (status === 200 && namedTag(request.headers.get('if-none-match'), [tag]) !== undefined) {
      return new Response(null, { status: 304, headers: { ...shared, etag: tag } });
    }
    const type = typeof text === 'string' ? `${form.type}; charset=utf-8` : form.type;
    return new Response(request.method === 'HEAD' ? null : text, {
      status,
      headers: { 'content-type': type, ...(status === 200 ? { etag: tag } : {}), ...shared },
    });
  }

  function refused(thrown: unknown, request: Request, fetchAPI: FetchAPI): Response {
    const error = reportedError(thrown, request, log, 'Linked data failed.');
    recordOf(request).outcome = error.extensions.code as OperationRecord['outcome'];
    return errorResponse(error, request, fetchAPI);
  }

  const sendPage = sendErrorPage(publicUrl, files);

  return {
    phase: 'route',
    onResponse: (given) => (isLinkedData(given.request) ? sendPage(given) : undefined),
    onRequest({ request, fetchAPI, endResponse }) {
      const path = pathOf(request.url);
      const isRobots = path === '/robots.txt';
      if (!isRobots && !isLinkedData(request)) return;
      if (request.method !== 'GET' && request.method !== 'HEAD') {
        const error = badRequest(`${path} supports GET only.`, 405, 'BAD_USER_INPUT', { allow: 'GET, HEAD' });
        return endResponse(errorResponse(error, request, fetchAPI));
      }
      if (isRobots) {
        const text = robotsText(publicUrl ?? new URL(request.url).origin, isOpen);
        const headers = { 'content-type': 'text/plain; charset=utf-8' };
        return endResponse(new fetchAPI.Response(request.method === 'HEAD' ? null : text, { headers }));
      }
      return answer(request, path)
        .then((document) => respond(request, document, fetchAPI))
        .catch((error: unknown) => refused(error, request, fetchAPI))
        .then(endResponse);
    },
  };
}

const linksOf = (vocabulary: Vocabulary, slug: string, { previous, next }: Omit<EntityDocument, 'text'>) =>
  [
    ...entityForms
      .slice(1)
      .map(({ ending, type }) => `<${vocabulary.entity(slug)}.${ending}>; rel="alternate"; type="${type}"`),
    ...(previous === undefined ? [] : [`<${previous}>; rel="prev"`]),
    ...(next === undefined ? [] : [`<${next}>; rel="next"`]),
  ].join(', ');

const notAcceptable = (forms: readonly Form[]) =>
  badRequest(
    `None of the accepted types is available. Accept one of ${forms.map(({ type }) => type).join(', ')}.`,
    406,
  );

/** @throws GraphQLError with status 404 for an unknown ending, 406 if nothing is accepted */
function formOf(ending: string | undefined, accept: string | null): EntityForm {
  if (ending === undefined) {
    const form = negotiate(entityForms, accept);
    if (!form) throw notAcceptable(entityForms);
    return form;
  }
  const form = entityForms.find((known) => known.ending === ending);
  if (form) return form;
  const endings = entityForms.map((known) => `.${known.ending}`).join(', ');
  throw badRequest(`There is no form .${ending.slice(0, 20)} of an entity. The forms are ${endings}.`, 404);
}
