import { useCitations } from '../doors/citations/use-citations.ts';
import { useExport } from '../doors/exports/use-export.ts';
import { useLinkedData } from '../doors/linked-data/http/use-linked-data.ts';
import { useMcp } from '../doors/mcp/http/use-mcp.ts';
import { useReconciliation } from '../doors/reconciliation/use-reconciliation.ts';
import { useCallerAddress, viewerOf } from '../server/access/caller.ts';
import { useAccess } from '../server/access/use-access.ts';
import { useCors } from '../server/access/use-cors.ts';
import { useResourceMetadata } from '../server/access/use-resource-metadata.ts';
import { useSecurityHeaders } from '../server/access/use-security-headers.ts';
import { useEntityTags } from '../server/answers/use-entity-tags.ts';
import { bookmarksOf, useBookmarks } from '../server/bookmarks/use-bookmarks.ts';
import { useUnsentBytes } from '../server/connections/use-unsent-bytes.ts';
import { useAcceptedTypes } from '../server/documents/use-accepted-types.ts';
import { useAddressParameters } from '../server/documents/use-address-parameters.ts';
import { useIntrospectionAnswers } from '../server/documents/use-introspection-answers.ts';
import { useJsonBody } from '../server/documents/use-json-body.ts';
import { usePersistedDocuments } from '../server/documents/use-persisted-documents.ts';
import { useAnswerSize } from '../server/limits/use-answer-size.ts';
import { useCost } from '../server/limits/use-cost.ts';
import { useCutPages } from '../server/limits/use-cut-pages.ts';
import { useDeadline } from '../server/limits/use-deadline.ts';
import { useExpensiveOperations } from '../server/limits/use-expensive-operations.ts';
import { useLimits } from '../server/limits/use-limits.ts';
import { shrinkOnOutage, slowStart, useOverload } from '../server/limits/use-overload.ts';
import { useLiveQuestions } from '../server/live/use-live-questions.ts';
import { createOperationLog } from '../server/observability/operation-log.ts';
import { useExplain } from '../server/observability/use-explain.ts';
import { useOperationRecords } from '../server/observability/use-operation-records.ts';
import { useReadiness } from '../server/observability/use-readiness.ts';
import { inPhases, type RequestPlugin } from '../server/phases.ts';
import type { Carrier } from '../server/request-state.ts';
import { useRevisions } from '../server/revisions/use-revisions.ts';
import { useCompression } from '../server/use-compression.ts';
import { useErrorCodes } from '../server/use-error-codes.ts';
import { useRequestId } from '../server/use-request-id.ts';
import { useRoutes } from '../server/use-routes.ts';
import type { Parts } from './parts.ts';
import type { RequestContexts } from './request-contexts.ts';
import type { Services } from './services.ts';
import { useHistoryRefusals } from './use-history-refusals.ts';
import type { CompleteOptions } from './with-defaults.ts';

/** All that the plugins need. */
export interface PluginOptions extends CompleteOptions, Services, Parts, RequestContexts {
  /** Answers a request that the server makes in the name of another. */
  readonly forward: (request: Request, carrier: Carrier) => Promise<Response>;
}

/** Some are absent. The order of those of one phase is that of this file. */
type Plugins = readonly (RequestPlugin | undefined)[];

/** Identifies callers, and refuses those that may not read or have used up their rate limit. */
const frontDoor = ({
  access,
  readiness,
  trustedProxies,
  publicUrl,
  corsOrigins,
  log,
  ...given
}: PluginOptions): Plugins => {
  const { traces, refusals, limiter, audit, admission, isFree, unsent, serviceFor, serviceOf, whole } = given;
  return [
    useRequestId(),
    traces?.plugin,
    useCallerAddress(trustedProxies, log),
    refusals.plugin,
    limiter.beforeAccess,
    audit?.plugin,
    useAddressParameters(),
    access.providers && useResourceMetadata(access.providers, publicUrl),
    useAccess({
      authenticator: shrinkOnOutage(admission.queue, access.authenticator),
      ...{ reading: access.reading, isPublic: isFree, waitingFor: readiness.waitingFor, log },
    }),
    useSecurityHeaders(),
    useCors(corsOrigins),
    limiter.afterAccess,
    useUnsentBytes(unsent, isFree),
    serviceFor && useHistoryRefusals((request) => serviceOf(request) !== whole),
    useReadiness(readiness),
  ];
};

/** What is not GraphQL: exports, linked data, other protocols, pages. */
const otherPaths = ({ perService, contextOf, explorerOf, routesOf, optionsFor, ...given }: PluginOptions): Plugins => {
  const { forward, whole, access, timeout, clientTimeout, publicUrl, trustedDocuments, exporting, reportAddress } =
    given;
  const { readiness, log, audit, admission, bodies, bookmarks, exportPlaces, messages, pageOrigins } = given;
  const { waitingFor } = readiness;
  const { queue } = admission;
  const graphqlPath = routesOf(whole).graphql;
  return [
    perService((service) =>
      useExport({
        schema: service.schema,
        readsFor: (request) => {
          const { signal } = request;
          return contextOf(service, { signal, timeout, viewer: viewerOf(request), bookmarks: bookmarksOf(request) });
        },
        exported: audit?.exported,
        ...{ forward, graphqlPath, publicUrl, trustedDocuments, exporting, exportPlaces, bookmarks },
        ...{ waitingFor, bodies, clientTimeout, log },
      }),
    ),
    perService((service) =>
      useLinkedData({
        schema: service.schema,
        readsFor: (request) => {
          const { graph, states } = contextOf(service, optionsFor(request));
          return graph && states ? { graph, states } : undefined;
        },
        files: explorerOf(service)?.files,
        previews: explorerOf(service)?.previews,
        isOpen: access.reading === 'open',
        ...{ publicUrl, reportAddress, bookmarks, queue, waitingFor, log },
      }),
    ),
    perService(
      ({ reconciliation: service }) =>
        service && useReconciliation({ service, forward, graphqlPath, publicUrl, bodies, log }),
    ),
    perService(
      ({ mcp: features }) => features && useMcp({ features, messages, forward, graphqlPath, bodies, pageOrigins, log }),
    ),
    perService((service) => useRoutes(routesOf(service), log)),
  ];
};

/** An operation, from its body to its record. */
const operations = ({ perService, storedOf, routesOf, explainingOf, ...given }: PluginOptions): Plugins => {
  const { whole, publicUrl, trustedDocuments, introspection, costLimit, answerLimit, metrics, slow, log } = given;
  const { limiter, admission, bodies, bookmarks, slowStatements, audit, traces } = given;
  return [
    useAcceptedTypes(),
    useJsonBody(bodies),
    useDeadline(),
    useBookmarks(bookmarks),
    perService((service) => storedOf(service).lookup),
    useOverload(admission.queue),
    usePersistedDocuments(trustedDocuments),
    useLimits({ introspection }),
    perService(() => useCost(costLimit, limiter.chargeCost)),
    useExpensiveOperations(admission.expensiveQueue),
    perService(() => useIntrospectionAnswers(answerLimit)),
    perService((service) => useExplain(explainingOf(service))),
    useCitations(),
    perService((service) =>
      service === whole
        ? useRevisions({
            known: () => whole.answers?.revisions(),
            endpointOf: ({ url }) => `${publicUrl ?? new URL(url).origin}${routesOf(whole).graphql}`,
            isOpen: trustedDocuments === undefined,
            chargeAgain: limiter.chargeAgain,
          })
        : undefined,
    ),
    useCutPages(),
    useErrorCodes(log),
    useAnswerSize(answerLimit),
    useOperationRecords([
      metrics,
      createOperationLog({ log, slow, slowStatements }),
      slowStart(admission.queue),
      ...(audit ? [audit.observer] : []),
      ...(traces ? [traces.observer] : []),
    ]),
  ];
};

/** Stores, tags and compresses each response, and continues live ones. */
const responses = ({ perService, storedOf, whole, liveContextFor, live }: PluginOptions): Plugins => [
  perService((service) => storedOf(service).recording),
  useEntityTags(),
  useCompression(),
  perService((service) => storedOf(service).headers),
  useLiveQuestions({ revisions: () => whole.answers?.revisions(), context: liveContextFor }).plugin,
  ...live.plugins,
];

/** The plugins in the order in which a request meets them. */
export const createPlugins = (given: PluginOptions): RequestPlugin[] =>
  inPhases([...frontDoor(given), ...otherPaths(given), ...operations(given), ...responses(given)]);
