import { escapeMarkup } from '../../../ontology/escape-markup.ts';
import { beginningOf } from '../../../ontology/plain-text.ts';
import type { DescribedEntity, NamedEntity } from '../described-entity.ts';
import { nameIn, type Page } from './page-view.ts';
import type { RelationGroup } from './relation-groups.ts';

/** Neighbours that are drawn. */
const MOST = 12;

/** Pixels of a line, and of a side with its labels. */
const [LINE, SIDE] = [30, 340];

/** Widths, in letters of half a square, that a label and the name in the middle have room for. */
const [LABEL, MIDDLE] = [31, 26];

/** As much of a text as has room; characters of Chinese are twice as wide as Latin letters. */
function fitted(text: string, room: number): string {
  const widthOf = (character: string) => (/[\u2e80-\uffef]/u.test(character) ? 2 : 1);
  const characters = [...text];
  let width = 0;
  const end = characters.findIndex((character) => {
    width += widthOf(character);
    return width > room;
  });
  return end === -1 ? text : `${beginningOf(text, characters.slice(0, end - 1).join('').length).trimEnd()}…`;
}

/** One of each group in turn, so that each kind of relation is seen. */
function chosen(groups: readonly RelationGroup[]): readonly NamedEntity[] {
  const longest = Math.max(0, ...groups.map(({ relations }) => relations.length));
  const found = new Map<string, NamedEntity>();
  for (let place = 0; place < longest && found.size < MOST; place += 1) {
    for (const { relations } of groups) {
      const far = relations[place]?.far;
      if (far && found.size < MOST) found.set(far.slug, far);
    }
  }
  return [...found.values()];
}

/** A side of the picture: lines from the middle, and the names that they lead to. */
function side(
  page: Page,
  far: readonly NamedEntity[],
  from: readonly [x: number, y: number],
  top: number,
  way: 1 | -1,
) {
  const [x, y] = from;
  const end = x + way * 90;
  return far.map((entity, place) => {
    const at = top + place * LINE;
    const name = nameIn(page, entity);
    const label = `<text x="${end + way * 10}" y="${at + 5}"${way === -1 ? ' text-anchor="end"' : ''}>${escapeMarkup(fitted(name, LABEL))}</text>`;
    return `<path d="M${x} ${y}C${x + way * 50} ${y} ${x + way * 40} ${at} ${end} ${at}"/><a href="${escapeMarkup(page.addressOf(entity.slug))}"><title>${escapeMarkup(`${name}${page.marks.bracketed(page.wording.one(entity.kind))}`)}</title><circle cx="${end}" cy="${at}" r="5"/>${label}</a>`;
  });
}

/** A picture of what is around an entity: on a narrow screen its neighbours are below each other, else on both sides. */
export function surroundings(page: Page, entity: DescribedEntity, groups: readonly RelationGroup[]): string {
  const far = chosen(groups);
  if (far.length < 2) return '';
  const total = groups.reduce((sum, { relations }) => sum + relations.length, 0);
  const name = nameIn(page, entity);
  const label = page.say('aroundOf', { name, count: page.number(far.length), total: page.number(total) });
  const half = Math.ceil(far.length / 2);
  const [left, right] = [far.slice(0, half), far.slice(half)];
  const picture = (className: string, width: number, lines: number, drawn: readonly string[], dot: string) =>
    `<svg class="${className}" role="group" aria-label="${escapeMarkup(label)}" width="${width}" height="${lines * LINE}" viewBox="0 0 ${width} ${lines * LINE}">${drawn.join('')}${dot}</svg>`;
  const middle = ((half + 1) * LINE) / 2;
  const start = (lines: number, all: number) => ((all - lines) * LINE) / 2 + LINE / 2;
  const wide = picture(
    'wide',
    2 * SIDE + 20,
    half + 1,
    [
      ...side(page, left, [SIDE + 10, middle], start(left.length, half + 1), -1),
      ...side(page, right, [SIDE + 10, middle], start(right.length, half + 1), 1),
    ],
    `<circle class="centre" cx="${SIDE + 10}" cy="${middle}" r="8"/><text class="self" x="${SIDE + 10}" y="14" text-anchor="middle">${escapeMarkup(fitted(name, MIDDLE))}</text>`,
  );
  const high = (far.length * LINE) / 2;
  const narrow = picture(
    'narrow',
    SIDE,
    far.length,
    side(page, far, [10, high], LINE / 2, 1),
    `<circle class="centre" cx="10" cy="${high}" r="8"/>`,
  );
  return `<div class="around">${wide}${narrow}</div>`;
}
