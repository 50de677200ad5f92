import type { Context } from '../graphql/context.ts';
import { createPlanCache } from '../graphql/plan-cache.ts';
import { memoize } from '../ontology/memoize.ts';
import { createExplorer } from '../pages/serving/explorer.ts';
import { viewerOf } from '../server/access/caller.ts';
import { useAnswerCache } from '../server/answers/use-answer-cache.ts';
import { createPerService } from './per-service.ts';
import type { RequestOptions, Service } from './server-options.ts';
import { createRoutes } from './server-routes.ts';
import type { CompleteOptions } from './with-defaults.ts';

export type Services = ReturnType<typeof createServices>;

/** What is served to whom. What a service has of its own is made once, when a caller first needs it. */
export function createServices(options: CompleteOptions) {
  const { whole, serviceFor, explaining, metrics, metricsAccess, timeout, trustedDocuments, access } = options;
  const serviceOf = (request: Request): Service => serviceFor?.(viewerOf(request)) ?? whole;
  const explorerOf = memoize(
    ({ explorer }: Service) => explorer && createExplorer(explorer, options.frameOrigins, options.publicUrl),
  );
  const routesOf = memoize((service: Service) =>
    createRoutes(service, explorerOf(service), {
      ...options,
      metricsAccess: service === whole || metricsAccess === 'open' ? metricsAccess : 'off',
    }),
  );
  const plansOf = memoize((_: Service) => createPlanCache());
  const storedOf = memoize((service: Service) => ({
    ...(service.answers &&
      useAnswerCache({ ...service.answers, timeout, trustedDocuments, isOpen: access.reading === 'open' })),
  }));
  const contextOf = (service: Service, options: RequestOptions) =>
    service.context({ plans: plansOf(service), ...options }) as Partial<Context>;
  metrics.watchPlans(plansOf(whole));
  const { counts } = storedOf(whole);
  if (counts) metrics.watchAnswers(counts);
  return {
    ...{ serviceOf, explorerOf, routesOf, plansOf, storedOf, contextOf },
    perService: createPerService(whole, serviceFor && serviceOf),
    explainingOf: (service: Service) => (service === whole ? explaining : 'admin'),
    /** The whole graph, for what the server itself reads; `undefined` while there is none. */
    graphFor: (options: RequestOptions) => contextOf(whole, options).graph,
  };
}
