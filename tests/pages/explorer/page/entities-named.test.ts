import { describe, expect, it } from 'vitest';
import { entitiesNamed } from '../../../../src/pages/explorer/page/entities-named.ts';

const serbia = { name: 'Serbia', nameZh: '塞尔维亚' };
const kenya = { name: 'Kenya', nameZh: '肯尼亚' };
const ivory = { name: "Côte d'Ivoire", nameZh: null };
const oman = { name: 'Oman' };
const lab = { name: 'China-Kenya Joint Laboratory for Crops' };
const all = [kenya, lab, serbia, oman, ivory];

describe('the entities that a text names', () => {
  it.each([
    ['how is Serbia connected to Kenya?', [serbia, kenya]],
    ['KENYA serbia', [kenya, serbia]],
    ["cote d'ivoire and Kenya", [ivory, kenya]],
    ['塞尔维亚和肯尼亚有什么联系', [serbia, kenya]],
    ['Kenya (肯尼亚)', [kenya]],
    ['China-Kenya Joint Laboratory for Crops, Serbia', [lab, serbia]],
    ['Serbia, and the China-Kenya Joint Laboratory for Crops of Kenya', [serbia, lab, kenya]],
    ['Romania and Kenyans', []],
    ['crops in Africa', []],
  ])('are in "%s" those with a whole name in it, in its order', (text, expected) => {
    expect(entitiesNamed(text, all)).toEqual(expected);
  });
});
