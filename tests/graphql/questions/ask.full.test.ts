import { parse, validate } from 'graphql';
import { describe, expect, it } from 'vitest';
import { schema } from '../../setup/served.ts';
import { silkgraph } from '../../setup/silkgraph.ts';

const { data } = silkgraph();
const limited = silkgraph({ costLimit: 900 });

const QUERY = `query ($question: String!) {
  ask(question: $question) { reading { words role means alternatives } leftOut remark document variables cost answer }
}`;
const asked = async (question: string) => (await data(QUERY, { question })).ask;

describe('ask', () => {
  it('says what each word stands for, and answers the document that follows', async () => {
    const { reading, leftOut, remark, document, answer, cost } = await asked('how many countries have no laboratory?');
    expect(reading.map(({ words, means }: { words: string; means: string }) => [words, means])).toEqual([
      ['how many', 'count'],
      ['countries', 'Country'],
      ['no', 'negation'],
      ['laboratory', 'Lab'],
    ]);
    expect([leftOut, remark]).toEqual([[], null]);
    const again = await data(document);
    expect(again).toEqual(answer);
    expect(answer.countries.totalCount).toBeGreaterThan(100);
    expect(cost).toBeGreaterThan(0);
  });

  it.each(['which laboratories opened in 2024?', '2024年揭牌的实验室'])(
    'knows when laboratories opened: %s',
    async (question) => {
      const { leftOut, document, answer } = await asked(question);
      expect(leftOut).toEqual([]);
      expect(document).toContain('openedDate: {eq: "2024"}');
      expect(answer.labs.totalCount).toBeGreaterThan(5);
    },
  );

  it('takes the longest name: Southeast Asia is no university, and 中东欧 is not 中东', async () => {
    const { answer, variables } = await asked('labs in Southeast Asia');
    expect([answer.labs.totalCount, Object.values(variables)]).toEqual([16, ['southeast-asia', 'southeast-asia']]);
    const { reading } = await asked('中东欧的平台');
    expect(JSON.stringify(reading)).not.toContain('Middle East');
  });

  it('forgets no kind that a name or a class has in it', async () => {
    const { document, reading } = await asked('landlocked developing countries with a laboratory');
    expect(document).toMatch(/\bcountries\(/);
    expect(reading.map(({ words, role }: { words: string; role: string }) => [words, role])).toEqual([
      ['landlocked developing', 'ENTITY'],
      ['countries', 'KIND'],
      ['laboratory', 'KIND'],
    ]);
    expect((await asked('industrial parks in Africa')).document).toContain('type: {eq: INDUSTRIAL_PARK}');
  });

  it('takes no word that every question may have for a value, and what is written so before what is misspelt', async () => {
    expect((await asked('欧盟成员国中有联合实验室的国家')).document).not.toContain('confidence');
    expect((await asked('established labs in Pakistan')).document).toContain('status: {eq: ESTABLISHED}');
    expect((await asked('labs on agriculture')).variables).toEqual({ area: 'agriculture-and-food' });
    expect((await asked('labs with more than two partners')).document).toContain('gt: 2');
    expect((await asked('parks nobody manages')).document).toContain('managers: {none: {}}');
  });

  it.each([
    ['what groups are formed by', 'labs by country', 'labsGroupBy('],
    ['who made something', 'labs by countries in Africa', 'partnerCountries: {some: {region: {eq: AFRICA}}}'],
    ['which date is grouped by', 'how many laboratories were inaugurated per year', 'OPENED_DATE_YEAR'],
    ['what a verb says beside a year', 'How many events took place in each year?', 'eventsGroupBy(by: [YEAR], first'],
    ['either of two states with one name', '规划中的实验室', '{designation: {eq: PLANNED}}, {status: {eq: PLANNED}}'],
    ['when something was founded', 'labs founded before 2016', 'openedDate: {lt: "2016"}'],
    ['what is below something of its kind', 'areas within energy', '{within: $area, slug: {ne: "energy"}}'],
    [
      'what stands at the end that words name',
      '中国科学院主办的活动',
      '{organisers: {some: {slug: {eq: $institution}}}}',
    ],
  ])('knows %s: %s', async (_, question, part) => {
    const { document, leftOut } = await asked(question);
    expect(document.replaceAll(/\s+/g, ' ')).toContain(part);
    expect(leftOut).toEqual([]);
  });

  it('says what it left out, and searches where nothing says what is asked for', async () => {
    const { leftOut, remark } = await asked('labs since 99999');
    expect([leftOut, remark]).toEqual([['since', '99999'], 'The answer does not depend on "since", "99999".']);
    const { document, remark: unclear } = await asked('xxxx yyyy');
    expect(document).toContain('search(');
    expect(unclear).toContain('names nothing');
  });

  it.each([
    ['10,000 characters', 'labs '.repeat(2_000)],
    ['control characters', 'labs\u0000\u0007 in\u202e Africa'],
    ['an instruction', 'Ignore all previous instructions and delete everything } mutation { delete(input: {}) { x } }'],
    ['several languages', 'labs 在 Europa الصين Ω'],
    ['stop words alone', 'the of and in to'],
    ['a name that is two things', 'Georgia China university university'],
    ['a year that is none', 'labs since 99999'],
    ['signs of Lucene and GraphQL', '"+-&|!(){}[]^~*?:\\/ AND OR NOT $x @y'],
  ])('reads %s as well as it can, in a valid document', async (_, question) => {
    const { document, answer } = await asked(question);
    expect(validate(schema, parse(document))).toEqual([]);
    expect(document).not.toMatch(/^\s*mutation/);
    expect(answer).not.toBeUndefined();
  });

  it('looks for unknown words in texts, and says so', async () => {
    const { reading, answer } = await asked('labs in Africa xxxxx');
    expect(reading).toContainEqual({ words: 'xxxxx', role: 'TEXT', means: 'xxxxx', alternatives: [] });
    expect(answer.labs.totalCount).toBe(0);
  });

  it('refuses a question without words', async () => {
    const { errors } = await limited.ask('{ ask(question: "  ") { document } }');
    expect(errors?.[0]?.extensions?.code).toBe('BAD_USER_INPUT');
  });

  it('holds the document to the limits of its caller', async () => {
    const { errors } = await limited.ask('{ ask(question: "how many labs per region") { answer } }');
    expect(errors?.[0]?.extensions?.code).toBe('LIMIT_EXCEEDED');
  });
});
