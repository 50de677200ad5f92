import type { Random } from './random.ts';

/** A word in English and in Chinese. */
export type Word = readonly [english: string, chinese: string];
export type Words = readonly [Word, ...Word[]];

const fields: Words = [
  ['Marine', '海洋'],
  ['Desert', '荒漠'],
  ['Tropical', '热带'],
  ['Alpine', '高山'],
  ['Urban', '城市'],
  ['Digital', '数字'],
  ['Green', '绿色'],
  ['Smart', '智能'],
  ['Quantum', '量子'],
  ['Molecular', '分子'],
  ['Applied', '应用'],
  ['Space', '空间'],
  ['Polar', '极地'],
  ['Solar', '太阳能'],
  ['Nuclear', '核'],
  ['Animal', '动物'],
  ['Plant', '植物'],
  ['Water', '水'],
  ['Soil', '土壤'],
  ['Mineral', '矿物'],
];

const topics: Words = [
  ['Ecology', '生态学'],
  ['Energy', '能源'],
  ['Medicine', '医学'],
  ['Agriculture', '农业'],
  ['Materials', '材料'],
  ['Computing', '计算'],
  ['Genetics', '遗传学'],
  ['Remote Sensing', '遥感'],
  ['Heritage Conservation', '文物保护'],
  ['Biodiversity', '生物多样性'],
  ['Robotics', '机器人'],
  ['Vaccines', '疫苗'],
  ['Irrigation', '灌溉'],
  ['Seismology', '地震学'],
  ['Transport', '交通'],
  ['Food Safety', '食品安全'],
  ['Astronomy', '天文学'],
  ['Batteries', '电池'],
  ['Optics', '光学'],
  ['Hydrology', '水文学'],
];

const beginnings: Words = [
  ['Al', '阿尔'],
  ['Bé', '贝'],
  ['Cor', '科尔'],
  ['Dá', '达'],
  ['El', '埃尔'],
  ['Fø', '弗'],
  ['Gui', '圭'],
  ['Ha', '哈'],
  ['Ís', '伊斯'],
  ['Ka', '卡'],
  ['Łu', '卢'],
  ['Mon', '蒙'],
  ['Nu', '努'],
  ['Ö', '厄'],
  ['Pa', '帕'],
  ['Sã', '圣'],
];

const endings: Words = [
  ['vania', '瓦尼亚'],
  ['ristan', '里斯坦'],
  ['mora', '莫拉'],
  ['leña', '莱尼亚'],
  ['dia', '迪亚'],
  ['ský', '斯基'],
  ['thera', '塞拉'],
  ['bia', '比亚'],
  ['nesia', '尼西亚'],
  ['goria', '戈里亚'],
  ['qand', '干德'],
  ['zhou', '州'],
  ['rük', '吕克'],
];

/** A place that does not exist. */
export const syntheticPlace = (random: Random): Word => joined('', random.pick(beginnings), random.pick(endings));

/** The place of an index; the first some hundred have names of their own. */
export function placeAt(index: number): Word {
  const rest = Math.floor(index / beginnings.length);
  return joined('', beginnings[index % beginnings.length] ?? beginnings[0], endings[rest] ?? [`${rest}`, `${rest}`]);
}

/** A name in English and one in Chinese, out of a form in which `%` stands for a place and `#` for a topic. */
export function syntheticName(forms: Words, index: number, random: Random): Word {
  const place = syntheticPlace(random);
  const topic = joined(' ', random.pick(fields), random.pick(topics));
  const form = random.pick(forms);
  const number = random.chance(0.8) ? ` ${index + 1}` : '';
  const written = (language: 0 | 1) =>
    form[language].replace('%', place[language]).replace('#', topic[language]) + number;
  return [written(0), written(1)];
}

const joined = (space: string, [a, b]: Word, [c, d]: Word): Word => [a + space + c, b + d];
