import type { Keeping } from '../questions/keeping.ts';
import type { Headers } from './send.ts';

/** The stored headers, if they can be parsed. */
export function keptHeaders(keeping: Keeping): Headers {
  try {
    return JSON.parse(keeping.headers()) as Headers;
  } catch {
    return {};
  }
}
