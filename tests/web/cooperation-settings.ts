import { explorer } from '../../src/cooperation/explorer.ts';
import { cooperation } from '../../src/cooperation/ontology.ts';
import { explorerOf } from '../../src/explorer/contents.ts';
import { know } from '../../src/web/settings/known.ts';

// A test that imports this file sees the explorer of the graph of the product.
know(explorerOf(cooperation, explorer).settings);
