import { existsSync, mkdirSync, mkdtempSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { launchNeo4j, waitUntilUp } from '../src/cli/managed-database/launch-neo4j.ts';
import { prepareRuntime } from '../src/cli/managed-database/runtime.ts';
import { openDriver } from '../src/engine/database/open-driver.ts';
import { end } from '../src/engine/database/system/process-identity.ts';
import { startProduct } from './product.ts';

/**
 * Whether the answer cache comes on, and stays on, where Neo4j has a tenth of a processor. It runs on Linux, as root or with
 * a control group that it may write.
 */
const { values: options } = parseArgs({
  options: { share: { type: 'string', default: '0.1' }, seconds: { type: 'string', default: '60' } },
});
const share = Number(options.share);
const seconds = Number(options.seconds);
if (!(share > 0 && share <= 1 && seconds >= 1))
  throw new Error('--share takes a number up to 1, --seconds one from 1.');

const PERIOD = 100_000;

/** A control group whose processes have this share of one core together. */
function slowGroup() {
  const isFirstVersion = existsSync('/sys/fs/cgroup/cpu');
  const group = join(isFirstVersion ? '/sys/fs/cgroup/cpu' : '/sys/fs/cgroup', `silkgraph-slow-${process.pid}`);
  mkdirSync(group);
  if (isFirstVersion) {
    writeFileSync(join(group, 'cpu.cfs_period_us'), String(PERIOD));
    writeFileSync(join(group, 'cpu.cfs_quota_us'), String(share * PERIOD));
  } else writeFileSync(join(group, 'cpu.max'), `${share * PERIOD} ${PERIOD}`);
  return {
    add: (pid: number) => writeFileSync(join(group, 'cgroup.procs'), String(pid)),
    remove: () => rmdirSync(group),
  };
}

const group = slowGroup();
const home = mkdtempSync(join(tmpdir(), 'silkgraph-slow-'));
const runtime = await prepareRuntime({ folder: fileURLToPath(new URL('../.silkgraph', import.meta.url)) }, console.log);
const neo4j = await launchNeo4j({ runtime, home, authentication: false, throwAway: true });
try {
  const uri = await waitUntilUp(home, neo4j);
  const settings = { NEO4J_URI: uri, NEO4J_PASSWORD: 'not asked for' };
  await (await startProduct(settings)).close();
  const driver = openDriver({ uri, username: '', password: '' });
  await driver.executeQuery('CALL db.clearQueryCaches()');
  await driver.close();

  group.add(neo4j.pid);
  const begun = performance.now();
  const after = () => `${((performance.now() - begun) / 1_000).toFixed(1)} s`;
  const product = await startProduct({ ...settings });
  console.log(`Ready after ${after()} with ${share} of a core. The same question follows, one after the other.\n`);
  console.log('| from | Silkgraph-Cache | status | times | longest, ms |\n|--:|---|--:|--:|--:|');
  let row = { key: '', from: '', times: 0, longest: 0 };
  const print = () => {
    if (row.times > 0) console.log(`| ${row.from} | ${row.key} | ${row.times} | ${row.longest.toFixed(0)} |`);
  };
  for (const until = performance.now() + seconds * 1_000; performance.now() < until; await sleep(100)) {
    const asked = performance.now();
    const from = after();
    const response = await fetch(`${product.origin}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: '{ labs(first: 5) { nodes { name } totalCount } }' }),
    });
    const body = await response.text();
    const fault = /"code":"(\w+)"/.exec(body)?.[1] ?? 'OK';
    const key = `${response.headers.get('silkgraph-cache')} | ${fault}`;
    if (key !== row.key) {
      print();
      row = { key, from, times: 0, longest: 0 };
    }
    row = { ...row, times: row.times + 1, longest: Math.max(row.longest, performance.now() - asked) };
  }
  print();
  await product.close();
} finally {
  await end(neo4j);
  rmSync(home, { recursive: true, force: true });
  group.remove();
}
