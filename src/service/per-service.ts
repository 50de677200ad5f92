import { memoize } from '../ontology/memoize.ts';
import type { RequestPlugin } from '../server/phases.ts';
import { requestIn } from '../server/request-state.ts';

type Hook = 'onRequest' | 'onRequestParse' | 'onExecute' | 'onSubscribe' | 'onResultProcess' | 'onResponse';

/**
 * A plugin that is another one for each service: the front door chooses by the caller of the request. That of the whole graph is
 * made at once, the others when their roles first ask. A plugin that the whole graph lacks, no role has.
 *
 * @param serviceOf absent if the whole graph is served to all
 */
export function createPerService<Service extends object>(
  whole: Service,
  serviceOf: ((request: Request) => Service) | undefined,
): (make: (service: Service) => RequestPlugin | undefined) => RequestPlugin | undefined {
  if (!serviceOf) return (make) => make(whole);
  return (make) => {
    const pluginOf = memoize(make);
    const usual = pluginOf(whole);
    if (!usual) return undefined;
    const chosen = (request: Request | undefined) => (request ? pluginOf(serviceOf(request)) : usual);
    const all: Pick<RequestPlugin, Hook> = {
      onRequest: (given) => chosen(given.request)?.onRequest?.(given),
      onRequestParse: (given) => chosen(given.request)?.onRequestParse?.(given),
      onExecute: (given) => chosen(requestIn(given.args.contextValue))?.onExecute?.(given),
      onSubscribe: (given) => chosen(requestIn(given.args.contextValue))?.onSubscribe?.(given),
      onResultProcess: (given) => chosen(given.request)?.onResultProcess?.(given),
      onResponse: (given) => chosen(given.request)?.onResponse?.(given),
    };
    // Only the hooks that it has, so that yoga waits for nothing else.
    const hooks = Object.entries(all).filter(([name]) => usual[name as Hook] !== undefined);
    return { phase: usual.phase, ...Object.fromEntries(hooks) };
  };
}
