import type { Plugin } from 'graphql-yoga';
import { oncePer } from '../../ontology/once-per.ts';

type Hook = 'onRequest' | 'onRequestParse' | 'onExecute' | 'onSubscribe' | 'onResultProcess' | 'onResponse';

type Execution = Parameters<NonNullable<Plugin['onExecute']>>[0] | Parameters<NonNullable<Plugin['onSubscribe']>>[0];

const requestOf = ({ args }: Execution): Request | undefined =>
  (args.contextValue as { readonly request?: Request }).request;

/**
 * A plugin that is another one for each service: the front door chooses by the caller of the request. That of the whole graph is
 * made at once, the others when their roles first ask.
 *
 * @param serviceOf absent if the whole graph is served to all
 */
export function createPerService<Service extends object>(
  whole: Service,
  serviceOf: ((request: Request) => Service) | undefined,
): (make: (service: Service) => Plugin) => Plugin {
  if (!serviceOf) return (make) => make(whole);
  return (make) => {
    const pluginOf = oncePer(make);
    const usual = pluginOf(whole);
    const chosen = (request: Request | undefined) => (request ? pluginOf(serviceOf(request)) : usual);
    const all: Plugin = {
      onRequest: (given) => chosen(given.request).onRequest?.(given),
      onRequestParse: (given) => chosen(given.request).onRequestParse?.(given),
      onExecute: (given) => chosen(requestOf(given)).onExecute?.(given),
      onSubscribe: (given) => chosen(requestOf(given)).onSubscribe?.(given),
      onResultProcess: (given) => chosen(given.request).onResultProcess?.(given),
      onResponse: (given) => chosen(given.request).onResponse?.(given),
    };
    // Only the hooks that it has, so that yoga waits for nothing else.
    return Object.fromEntries(Object.entries(all).filter(([name]) => usual[name as Hook] !== undefined));
  };
}
