import { say } from '../../drawing/say.ts';
import type { SheetColumn } from '../parts/sheet.ts';
import { isChinese, settings } from './known.ts';

interface Named {
  readonly name: string;
  readonly nameZh?: string | null;
}

/** The columns with names: in the language of the page, then in the other one. In Chinese, the second is “English name”. */
export const nameColumns = <Item extends Named>(title: string): readonly SheetColumn<Item>[] => [
  [title, ({ name, nameZh }) => (isChinese() && nameZh ? nameZh : name)],
  [settings().hasChinese && say('Chinese name'), ({ name, nameZh }) => (isChinese() && nameZh ? name : nameZh)],
];
