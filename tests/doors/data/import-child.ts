import { cooperation } from '../../../src/cooperation/ontology.ts';
import { importFiles } from '../../../src/doors/data/import/import-files.ts';
import { seedIfEmpty } from '../../../src/doors/data/import/seed.ts';
import { openDriver } from '../../../src/engine/database/open-driver.ts';
import { createGraph } from '../../../src/engine/graph/graph.ts';

/** Imports in a process of its own, which a test can kill: says on standard output what ran, line by line. */
const [how, folder = '', uri = '', largestTransaction, rejects] = process.argv.slice(2);
const driver = openDriver({ uri, username: 'neo4j', password: 'not asked for', database: 'neo4j' });
const graph = createGraph(driver, cooperation, { database: 'neo4j', observe: ({ name }) => console.log(name) });
if (how === 'seed') await seedIfEmpty(graph, folder);
else await importFiles(graph, [folder], { largestTransaction: Number(largestTransaction), rejects });
await driver.close();
