import { explorer } from '../../../src/cooperation/explorer.ts';
import { cooperation } from '../../../src/cooperation/ontology.ts';
import { know } from '../../../src/pages/explorer/settings/known.ts';
import { explorerOf } from '../../../src/pages/views/contents.ts';

// A test that imports this file sees the explorer of the graph of the product.
know(explorerOf(cooperation, explorer).settings);
