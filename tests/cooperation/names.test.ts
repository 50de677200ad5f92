import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { enumerations } from '../../src/cooperation/enumerations.ts';
import { kindNames, kinds } from '../../src/cooperation/kinds.ts';
import { recordsOf, type SeedRecord, seeds } from '../setup/seeds.ts';

const bases = Object.keys(enumerations.NameBasis.values);
/** The title of a source stays as published, in its own language. */
const namedKinds = kindNames.filter((kind) => kind !== 'Source');
const named = namedKinds.flatMap((kind) => recordsOf(kind).map((record) => ({ kind, record })));
const chineseOf = ({ nameZh }: SeedRecord) => (typeof nameZh === 'string' ? nameZh : '');
const listOf = (value: unknown): readonly string[] => (Array.isArray(value) ? value.map(String) : []);
/** What the editors chose the words of. A name that a source uses stays as the source has it. */
const chosen = named.filter(({ record }) => record.nameZhBasis !== 'SOURCE');
const said = ({ id, name, nameZh }: SeedRecord) => `${id}: ${name} = ${String(nameZh)}`;

/** One Chinese term for each English one. */
const terms: readonly (readonly [RegExp, RegExp])[] = [
  [/\bjoint (key |research |\w+ )?laborator(y|ies)\b/i, /联合(研究)?实验室/],
  [/\bjoint research cent(er|re)\b/i, /联合研究中心/],
  [/\bBelt and Road joint laborator/i, /“一带一路”联合实验室/],
  [/\bBelt and Road\b/i, /“一带一路”|“数字丝路”/],
  [/\btechnology transfer cent(er|re)/i, /技术转移中心/],
  [/\bSilk Road\b/i, /丝绸之路|数字丝路|创新之路/],
  [/\bChinese Academy of Sciences\b/i, /中国科学院/],
  [/\bChinese Academy of Agricultural Sciences\b/i, /中国农业科学院/],
  [/\bUniversity\b/i, /大学|学院/],
  [/\bMinistry of\b/i, /部/],
  [/\bSouth Asian?\b/i, /南亚/],
  [/\bCentral Asian?\b/i, /中亚/],
  [/\bASEAN\b|\bSoutheast Asia\b/i, /东盟|东南亚/],
  [/\bremote sensing\b/i, /遥感/],
  [/\bBDS\b|\bBeiDou\b/i, /北斗/],
  [/\btraditional Chinese medicine\b|\bTCM\b/i, /中医药/],
  [/\bsmart (?:agriculture|agricultural)\b/i, /智慧农业/],
  [/\brenewable energy\b/i, /可再生能源/],
  [/\bintergovernmental\b/i, /政府间/],
];

const ordinals = 'first second third fourth fifth sixth seventh eighth ninth tenth'.split(' ');
const digits = '零一二三四五六七八九十';

/** 21 as 二十一. */
const inChinese = (count: number): string =>
  count <= 10
    ? (digits[count] ?? '')
    : `${count >= 20 ? digits[Math.floor(count / 10)] : ''}十${count % 10 === 0 ? '' : digits[count % 10]}`;

/** The ordinal numbers in an English name. */
const ordinalsIn = (name: string): readonly number[] =>
  [...name.matchAll(/\b(\d+)(?:st|nd|rd|th)\b(?! Five-Year)|\b([a-z]+)\b/gi)].flatMap(([, number, word]) => {
    if (number !== undefined) return [Number(number)];
    const index = ordinals.indexOf((word ?? '').toLowerCase());
    return index === -1 ? [] : [index + 1];
  });

const hasOrdinal = (name: string, ordinal: number) =>
  [`第${inChinese(ordinal)}`, `第${ordinal}`, ...(ordinal === 1 ? ['首'] : []), `${ordinal}周年`].some((words) =>
    name.includes(words),
  );

/** The numbers in a text, without those of names such as 16+1: 80,000,000 and 8000万 are the same. */
function numbersIn(text: string): readonly number[] {
  return [...text.matchAll(/(\d[\d,]*(?:\.\d+)?)(万|亿)?/g)]
    .map(
      ([, number = '', unit]) => Number(number.replaceAll(',', '')) * (unit === '万' ? 1e4 : unit === '亿' ? 1e8 : 1),
    )
    .map((number) => Math.round(number * 1e6) / 1e6);
}

describe('the names of the dataset', () => {
  it('are in English and Chinese, with the basis of the Chinese one, but for titles of sources', () => {
    const faulty = named.filter(
      ({ record }) => !/\p{Script=Han}/u.test(chineseOf(record)) || !bases.includes(String(record.nameZhBasis)),
    );
    expect(faulty.map(({ record }) => said(record))).toEqual([]);
    expect(recordsOf('Source').filter((record) => 'nameZh' in record || 'nameZhBasis' in record)).toEqual([]);
  });

  it('have no stray spaces, and no mark of the other language', () => {
    const stray = named.filter(({ record }) =>
      [record.name, chineseOf(record), ...listOf(record.alsoKnownAs)].some(
        (name) => name !== name.trim() || / {2}/.test(name),
      ),
    );
    const marks = chosen.filter(({ record }) =>
      /\p{Script=Han}[,:;()"]|[,:;()"]\p{Script=Han}/u.test(chineseOf(record)),
    );
    expect([...stray, ...marks].map(({ record }) => said(record))).toEqual([]);
  });

  it('name one entity of a kind each in Chinese, and are no other name of it besides', () => {
    for (const kind of namedKinds) {
      const byName = new Map<string, string[]>();
      for (const record of recordsOf(kind)) {
        byName.set(chineseOf(record), [...(byName.get(chineseOf(record)) ?? []), record.id]);
        const names = [record.name, chineseOf(record), ...listOf(record.alsoKnownAs)];
        expect(names, record.id).toHaveLength(new Set(names).size);
      }
      expect(
        [...byName].filter(([, ids]) => ids.length > 1),
        kind,
      ).toEqual([]);
    }
  });

  it.each(terms)('have one Chinese term for %s', (english, chinese) => {
    const found = chosen.filter(({ record }) => english.test(record.name));
    expect(found.length).toBeGreaterThan(0);
    expect(found.flatMap(({ record }) => (chinese.test(chineseOf(record)) ? [] : [said(record)]))).toEqual([]);
  });

  it('have the same years and ordinal numbers in both languages', () => {
    const faulty = named.filter(({ kind, record }) => {
      if (kind === 'Indicator') return false;
      const years = (name: string) => [...name.matchAll(/(?<!\d)(?:19|20)\d\d(?!\d)/g)].map(([year]) => year).sort();
      const [english, chinese] = [years(record.name), years(chineseOf(record))];
      const missing = ordinalsIn(record.name).filter((ordinal) => !hasOrdinal(chineseOf(record), ordinal));
      return String(english) !== String(chinese) || missing.length > 0;
    });
    expect(faulty.map(({ record }) => said(record))).toEqual([]);
  });

  it('of figures have the value and the date of the figure in both languages', () => {
    const faulty = recordsOf('Indicator').filter((record) => {
      const date = String(record.date ?? '').match(/\d+/g) ?? [];
      const expected = [Number(record.value), ...date.map(Number)];
      return [record.name, chineseOf(record)].some((name) => {
        const numbers = numbersIn(name.replaceAll(/(?<=\d)-(?=\d)/g, ' '));
        return expected.some((number) => !numbers.includes(number));
      });
    });
    expect(faulty.map(said)).toEqual([]);
  });

  it('name the same countries in both languages', () => {
    const countries = recordsOf('Country').map((country) => ({
      english: new RegExp(`(?<!\\w|South |North )${country.name}(?!\\w)`),
      chinese: [chineseOf(country), ...listOf(country.alsoKnownAs)].filter((name) => /\p{Script=Han}/u.test(name)),
      // 中俄 is China and Russia.
      short: new RegExp(country.id === 'cn' ? '中.' : `中${chineseOf(country).slice(0, 1)}`),
    }));
    const faulty = chosen
      .filter(({ kind }) => ['Lab', 'Platform', 'Event', 'Program', 'Park'].includes(kind))
      .flatMap(({ record }) => {
        const missing = countries.filter(
          ({ english, chinese, short }) =>
            english.test(record.name) &&
            !short.test(chineseOf(record)) &&
            !chinese.some((name) => chineseOf(record).includes(name)),
        );
        return missing.map(({ chinese }) => `${said(record)} lacks ${chinese.join(' or ')}`);
      });
    expect(faulty).toEqual([]);
  });
});

it('every address in the dataset is a well-formed one of the web', () => {
  const addresses = [
    ...recordsOf('Source').map(({ id, url }) => ({ id, url })),
    ...recordsOf('Institution').map(({ id, website }) => ({ id, url: website })),
    ...seeds.identifiers.map(({ entity, url }) => ({ id: entity, url })),
  ].filter(({ url }) => url !== undefined);
  expect(addresses.length).toBeGreaterThan(1000);
  const faulty = addresses.filter(({ url }) => {
    const parsed = URL.parse(String(url));
    return (
      parsed === null || !/^https?:$/.test(parsed.protocol) || /\s/.test(String(url)) || !parsed.hostname.includes('.')
    );
  });
  expect(faulty).toEqual([]);
});

it('every source has an address or a place in a repository, or says that its address is missing', () => {
  const without = recordsOf('Source').filter(
    ({ url, repository, locator, addressMissing }) => !url && !repository && !locator && addressMissing !== true,
  );
  expect(without.map(({ id }) => id)).toEqual([]);
});

it('the page about the data says how many Chinese names of each kind rest on what', () => {
  const rows = namedKinds.map((kind) => {
    const records = recordsOf(kind);
    const counts = bases.map((basis) => records.filter(({ nameZhBasis }) => nameZhBasis === basis).length);
    const { many } = kinds[kind];
    return `| ${many} | ${[records.length, ...counts].join(' | ')} |`;
  });
  const page = readFileSync(new URL('../../docs/data.md', import.meta.url), 'utf8');
  for (const row of rows) expect(page).toContain(row);
});
