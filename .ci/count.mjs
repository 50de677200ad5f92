// Reads the reports of test runs, NAME.json, and their exit codes, NAME.code. Names, last so that the end of a long log
// has them, each test that was skipped, and each that failed or that passed at the second try, with what it said; then
// prints "N passed, N failed" and exits with 1 if any failed.
//   node .ci/count.mjs OTHER_FAILURES FOLDER_OF_REPORTS
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';

const [others, folder] = process.argv.slice(2);
let passed = 0;
let failed = Number(others);

const tell = (what, name, said) => {
  const lines = said.split('\n').slice(0, 12);
  console.log(`== ${what}: ${name}\n${lines.map((line) => `     ${line}`).join('\n')}`);
};

for (const report of readdirSync(folder).filter((name) => name.endsWith('.json'))) {
  const run = JSON.parse(readFileSync(join(folder, report), 'utf8'));
  const script = basename(report, '.json');
  const code = readFileSync(join(folder, `${script}.code`), 'utf8').trim();
  let failedHere = 0;
  for (const file of run.testResults) {
    const path = relative(process.cwd(), file.name);
    for (const test of file.assertionResults) {
      const name = `${path} > ${test.fullName}`;
      const said = test.failureMessages.join('\n');
      if (test.status === 'passed') passed += 1;
      if (test.status === 'passed' && said) tell('passed at the second try', name, said);
      if (['skipped', 'pending', 'disabled'].includes(test.status) && file.status !== 'failed')
        tell('skipped', name, 'Its file says what this machine lacks.');
      if (test.status !== 'failed') continue;
      failedHere += 1;
      tell('failed', name, said);
    }
    // A file that cannot be loaded, or a hook that fails, has no failed test.
    const silent = file.status === 'failed' && file.assertionResults.every(({ status }) => status !== 'failed');
    if (!silent) continue;
    failedHere += 1;
    tell('failed', path, file.message);
  }
  // An error outside of any test.
  if (code !== '0' && failedHere === 0) {
    failedHere = 1;
    tell('failed', `npm run ${script}`, 'The run failed without a failed test: see its log.');
  }
  failed += failedHere;
}

console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
