import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type Page, pages, readPage, root } from './setup/pages.ts';

/** Where the links of a page lead: paths from the root, and the headings that they name. */
function linksOf({ path, text }: Page) {
  return [...text.matchAll(/\]\((?!\w+:)([^)#]*)(?:#([^)]*))?\)/g)].map(([, target = '', anchor]) => ({
    path: target === '' ? path : new URL(target, new URL(path, root)).pathname.slice(root.pathname.length),
    anchor,
  }));
}

/** Headings as forges name them in addresses. */
const anchorsOf = ({ text }: Page) =>
  [...text.replaceAll(/^```[\s\S]*?^```$/gm, '').matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}_ -]/gu, '')
      .replaceAll(' ', '-'),
  );

const all = [...pages, readPage('CONTRIBUTING.md')];
const byPath = new Map(all.map((page) => [page.path, page]));

describe('the documentation', () => {
  it('leads to files and headings that are there', () => {
    const broken = all.flatMap((page) =>
      linksOf(page).flatMap(({ path, anchor }) => {
        const target = byPath.get(path);
        if (!existsSync(new URL(path, root))) return `${page.path}: ${path}`;
        return anchor === undefined || target === undefined || anchorsOf(target).includes(anchor)
          ? []
          : `${page.path}: ${path}#${anchor}`;
      }),
    );
    expect(broken).toEqual([]);
  });

  it('is led to from the README, page by page', () => {
    const reached = new Set(['README.md']);
    for (const path of reached)
      for (const link of linksOf(byPath.get(path) ?? readPage(path))) if (byPath.has(link.path)) reached.add(link.path);
    expect(pages.map(({ path }) => path).filter((path) => !reached.has(path))).toEqual([]);
  });
});
