import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const root = new URL('../', import.meta.url);

interface LockedPackage {
  readonly dev?: boolean;
  readonly devOptional?: boolean;
  readonly optional?: boolean;
  readonly license?: string;
}

const { packages } = JSON.parse(readFileSync(new URL('package-lock.json', root), 'utf8')) as {
  packages: Record<string, LockedPackage>;
};

/** What may be used and passed on without asking, with its notice. */
const allowed = [
  'MIT',
  'MIT-0',
  'ISC',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  '0BSD',
  'BlueOak-1.0.0',
  'Unlicense',
  'CC0-1.0',
  'Python-2.0',
];

/** Others, each argued for in README.md. */
const argued: Readonly<Record<string, string>> = {};

const licenceOf = (path: string, { license }: LockedPackage): string => {
  if (license !== undefined) return license;
  const file = new URL(`${path}/package.json`, root);
  return existsSync(file) ? String(JSON.parse(readFileSync(file, 'utf8')).license) : 'unknown';
};

const inProduction = Object.entries(packages).filter(
  ([path, { dev, devOptional }]) => path.startsWith('node_modules/') && !dev && !devOptional,
);

/** Whether one of the licences that may be chosen from is allowed. */
const isAllowed = (licence: string) =>
  licence
    .replace(/[()]/g, '')
    .split(' OR ')
    .some((choice) => choice.split(' AND ').every((part) => allowed.includes(part)));

describe('what is used in production', () => {
  it('is under licences that allow it, but for what is argued for', () => {
    expect(inProduction.length).toBeGreaterThan(50);
    const others = inProduction
      .map(([path, locked]) => [path.replace(/^.*node_modules\//, ''), licenceOf(path, locked)] as const)
      .filter(([name, licence]) => !isAllowed(licence) && argued[name] !== licence);
    expect(others).toEqual([]);
  });

  it('is argued for in README.md where its licence is another', () => {
    const readme = readFileSync(new URL('README.md', root), 'utf8');
    for (const name of Object.keys(argued)) expect(readme).toContain(name);
  });

  it.each([
    ['MIT', true],
    ['(MIT OR GPL-3.0)', true],
    ['GPL-3.0', false],
    ['MIT AND GPL-3.0', false],
    ['unknown', false],
  ])('is told apart by its licence: %s', (licence, expected) => expect(isAllowed(licence)).toBe(expected));
});
