import { getIntrospectionQuery } from 'graphql';
import { changesDocument, endDocument } from '../client/changes-document.ts';
import { type Examples, loadExamples } from '../server/documents/examples.ts';

/** Documents of the examples, the playground and the client. */
export const ownDocuments = (examples: Examples): readonly string[] => [
  ...loadExamples(examples).map(({ query }) => query),
  getIntrospectionQuery(),
  changesDocument,
  endDocument,
];
