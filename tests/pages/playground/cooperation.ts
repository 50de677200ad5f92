import { readFileSync } from 'node:fs';
import { buildSchema } from 'graphql';
import { explorer } from '../../../src/cooperation/explorer.ts';
import { cooperation } from '../../../src/cooperation/ontology.ts';
import { explorerOf } from '../../../src/pages/views/contents.ts';

const root = new URL('../../../', import.meta.url);

/** The graph of the product as its server presents it to the page. */
export const schema = buildSchema(readFileSync(new URL('schema.graphql', root), 'utf8'));
export const shown = explorerOf(cooperation, explorer);
export const examples = new URL('examples', root).pathname;
