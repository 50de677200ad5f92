export { changesDocument, endDocument } from './changes-document.ts';
export {
  type AskOptions,
  type Client,
  type ClientOptions,
  createClient,
  type SubscribeOptions,
} from './create-client.ts';
export type { Document, Typed } from './document.ts';
export type { Change, ChangesOptions } from './follow-changes.ts';
export type { ChangeAction, EntityKind, RelationType } from './generated/changes.ts';
export type { NodeOf, Page } from './pages.ts';
export { type AnswerError, type ErrorCode, SilkgraphError } from './silkgraph-error.ts';
