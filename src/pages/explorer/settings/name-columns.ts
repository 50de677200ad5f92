import { say } from '../../drawing/say.ts';
import { isChinese, settings } from './known.ts';

interface Named {
  readonly name: string;
  readonly nameZh?: string | null;
}

/** A column of a table that is left out if it has no title. */
type NameColumn<Item> = readonly [title: string | false, cell: (item: Item) => string | null | undefined];

/** A name in the language of the page, if there is one. */
export const nameOf = ({ name, nameZh }: Named): string => (isChinese() && nameZh ? nameZh : name);

/** The columns with names: in the language of the page, then in the other language. */
export const nameColumns = <Item extends Named>(title: string): readonly NameColumn<Item>[] => [
  [title, nameOf],
  [
    settings().hasChinese && say(isChinese() ? 'English name' : 'Chinese name'),
    ({ name, nameZh }) => (isChinese() && nameZh ? name : nameZh),
  ],
];
