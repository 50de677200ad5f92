// Builds the product if its sources have changed. Plain JavaScript, because it also runs where the development packages are not
// installed (npm ci --omit=dev): then there is nothing to build with.
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

const isInstalled = (name) => {
  try {
    return require.resolve(`${name}/package.json`) !== undefined;
  } catch {
    return false;
  }
};

const run = (...script) =>
  spawnSync('npm', ['run', '--silent', ...script], { stdio: 'inherit', shell: process.platform === 'win32' }).status;

if (!['typescript', 'tsx', 'esbuild'].every(isInstalled)) {
  console.log(
    'The development packages are not installed, so nothing is built. Node.js 22.18 and newer run src/main.ts.',
  );
} else if (run('build:stamp', '--', 'check') !== 0) {
  process.exitCode = run('build') ?? 1;
}
