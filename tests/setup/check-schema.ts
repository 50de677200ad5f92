// Compares schema.graphql with that of the last release, which is the latest tag that begins with v.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { schemaChanges } from './schema-changes.ts';

const root = new URL('../../', import.meta.url);
const git = (...options: string[]) =>
  execFileSync('git', options, { cwd: root, encoding: 'utf8', stdio: 'pipe' }).trim();
const read = (name: string) => readFileSync(new URL(name, root), 'utf8');

function lastRelease(): string | undefined {
  try {
    return git('tag', '--list', 'v*', '--sort=-version:refname').split('\n')[0] || undefined;
  } catch {
    return undefined;
  }
}

const release = lastRelease();
if (release === undefined) {
  console.log('schema.graphql: no release to compare with.');
} else {
  const changelog = existsSync(new URL('CHANGELOG.md', root)) ? read('CHANGELOG.md') : '';
  const { refused, listed, dangerous } = await schemaChanges(
    git('show', `${release}:schema.graphql`),
    read('schema.graphql'),
    changelog,
  );
  for (const change of listed) console.log(`listed    ${change}`);
  for (const change of dangerous) console.warn(`dangerous ${change}`);
  for (const change of refused) console.error(`refused   ${change}`);
  if (refused.length > 0) {
    console.error(
      `\nThese break clients of ${release}. Keep what they use, or add "- BREAKING <path>: <what to do>" to CHANGELOG.md under Unreleased.`,
    );
    process.exitCode = 1;
  } else {
    console.log(`schema.graphql: nothing breaks clients of ${release} unannounced.`);
  }
}
