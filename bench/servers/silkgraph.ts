import { openSilkgraph, tuneYoungGeneration } from './open-silkgraph.ts';
import { receiveSetting, runAsServer } from './run-as-server.ts';

tuneYoungGeneration();
const { address, planning, cache } = await receiveSetting();
const server = await openSilkgraph(address, { planning, cache });
const { origin } = await server.listen(0, '127.0.0.1');
runAsServer(Number(new URL(origin).port), server.statements);
