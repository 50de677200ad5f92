import {
  allCountries,
  area,
  ask,
  both,
  countries,
  designated,
  entities,
  except,
  from,
  grouped,
  inPart,
  inRegion,
  inSubregion,
  institutionsIn,
  labCount,
  labsIn,
  labsOn,
  leads,
  members,
  most,
  number,
  ofType,
  record,
  text,
  those,
  to,
  withLabs,
  year,
} from './cooperation-facts.ts';
import type { EvaluatedQuestion } from './facts.ts';

const en = (of: string) => ask('en', of);
const zh = (of: string) => ask('zh', of);

const parksIn = (places: readonly string[]) =>
  those('Park', ({ id }) => leads('LOCATED_IN', id, places) || leads('BUILT_WITH', id, places));
const income = (group: string) => countries((one) => one.incomeGroup === group);
const agreed = (kind: string, status: string) => those(kind, (one) => one.status === status);
const withoutPlatform = countries(({ id }) => from('SERVES', id).length + from('SEATED_IN', id).length === 0);

/** Questions that were written before anyone saw how the grammar reads them. */
export const heldOutQuestions: readonly EvaluatedQuestion[] = [
  en('region')('show me all labs in Southern Europe', entities(labsIn(inSubregion('Southern Europe')))),
  en('region')('Are there any joint labs in Oceania?', entities(labsIn(inRegion('OCEANIA')))),
  en('region')('West African laboratories', entities(labsIn(inPart('Western Africa')))),
  en('region')(
    'research institutes in Central Asia',
    entities(both(institutionsIn(inSubregion('Central Asia')), ofType('Institution', 'INSTITUTE'))),
  ),
  en('region')(
    'industrial parks in Africa',
    entities(both(parksIn(inRegion('AFRICA')), ofType('Park', 'INDUSTRIAL_PARK'))),
  ),
  en('region')('Which Balkan countries host a joint lab?', entities(both(members('balkans'), withLabs))),
  en('region')(
    'companies based in Southeast Asia',
    entities(both(institutionsIn(inSubregion('South-eastern Asia')), ofType('Institution', 'COMPANY'))),
  ),
  en('region')(
    'conferences held in Africa',
    entities(
      both(
        those('Event', ({ id }) => leads('HELD_IN', id, inRegion('AFRICA'))),
        ofType('Event', 'CONFERENCE'),
      ),
    ),
  ),
  zh('region')('西亚的联合实验室', entities(labsIn(inSubregion('Western Asia')))),
  zh('region')('北非有几个联合实验室', number(labsIn(inSubregion('Northern Africa')).length)),
  zh('region')('大洋洲的国家', entities(inRegion('OCEANIA'))),
  zh('region')(
    '中亚国家的大学',
    entities(both(institutionsIn(inSubregion('Central Asia')), ofType('Institution', 'UNIVERSITY'))),
  ),

  en('group')('which CIS states have joint labs', entities(both(members('cis'), withLabs))),
  en('group')('landlocked developing countries with a laboratory', entities(both(members('lldc'), withLabs))),
  en('group')('list the BRICS countries', entities(members('brics'))),
  en('group')('EU member states', entities(members('eu'))),
  en('group')('Is Hungary a member of the EU?', { value: 'eu' }),
  zh('group')('海合会有哪些成员', entities(members('gcc'))),
  zh('group')('欧盟成员国中有联合实验室的国家', entities(both(members('eu'), withLabs))),
  zh('group')('阿盟国家的联合实验室', entities(labsIn(members('arab-league')))),

  en('topic')('Who works on solar energy? Show labs.', entities(labsOn('solar-energy'))),
  en('topic')(
    'labs researching food security in Asia',
    entities(both(labsOn('food-security'), labsIn(inRegion('ASIA')))),
  ),
  en('topic')('remote sensing laboratories', entities(labsOn('remote-sensing'))),
  en('topic')(
    'parks that specialise in textiles',
    entities(those('Park', ({ id }) => leads('SPECIALISES_IN', id, area('textiles')))),
  ),
  en('topic')(
    'laboratories about biodiversity in Central Asia',
    entities(both(labsOn('biodiversity'), labsIn(inSubregion('Central Asia')))),
  ),
  zh('topic')('公共卫生方面的联合实验室', entities(labsOn('public-health'))),
  zh('topic')('从事新能源研究的实验室', entities(labsOn('renewable-energy'))),
  zh('topic')('欧洲的材料科学实验室', entities(both(labsOn('materials-science'), labsIn(inRegion('EUROPE'))))),

  en('role')('Who manages Great Stone?', entities(to('MANAGED_BY', 'great-stone'))),
  en('role')(
    'Which institutions operate the China-ASEAN Technology Transfer Center?',
    entities(to('OPERATED_BY', 'china-asean-technology-transfer-center')),
  ),
  en('role')('What labs does Beihang University take part in?', entities(from('HOSTED_BY', 'beihang-university'))),
  en('role')(
    'events organised by the Chinese Academy of Sciences',
    entities(from('ORGANISED_BY', 'chinese-academy-of-sciences')),
  ),
  en('role')(
    "programmes led by the Ministry of Science and Technology of the People's Republic of China",
    entities(from('LED_BY', 'most-china')),
  ),
  zh('role')('中白工业园由谁管理', entities(to('MANAGED_BY', 'great-stone'))),
  zh('role')('北京航空航天大学参与的实验室', entities(from('HOSTED_BY', 'beihang-university'))),
  zh('role')('中国科学院主办的活动', entities(from('ORGANISED_BY', 'chinese-academy-of-sciences'))),

  en('negation')('ASEAN countries lacking a joint laboratory', entities(except(members('asean'), withLabs))),
  en('negation')('labs that are not designated', entities(except(those('Lab'), designated))),
  en('negation')('parks nobody manages', entities(those('Park', ({ id }) => to('MANAGED_BY', id).length === 0))),
  en('negation')('high-income countries with no lab', entities(except(income('HIGH_INCOME'), withLabs))),
  en('negation')(
    'events without an organiser',
    entities(those('Event', ({ id }) => to('ORGANISED_BY', id).length === 0)),
  ),
  en('negation')(
    'universities that do not host a lab',
    entities(
      both(
        ofType('Institution', 'UNIVERSITY'),
        those('Institution', ({ id }) => from('HOSTED_BY', id).length === 0),
      ),
    ),
  ),
  zh('negation')('不在亚洲的联合实验室', entities(except(those('Lab'), labsIn(inRegion('ASIA'))))),
  zh('negation')('没有实验室的东盟国家有哪些', entities(except(members('asean'), withLabs))),
  zh('negation')('没有平台的国家', entities(withoutPlatform)),

  en('status')('labs that are only approved so far', entities(agreed('Lab', 'APPROVED'))),
  en('status')('established labs in Pakistan', entities(both(agreed('Lab', 'ESTABLISHED'), labsIn(['pk'])))),
  en('status')('Which programmes are ongoing?', entities(agreed('Program', 'ONGOING'))),
  en('status')(
    'lower-middle-income countries with a joint lab',
    entities(both(income('LOWER_MIDDLE_INCOME'), withLabs)),
  ),
  zh('status')(
    '规划中的实验室',
    entities(those('Lab', (one) => one.status === 'PLANNED' || one.designation === 'PLANNED')),
  ),
  zh('status')('高收入国家有哪些', entities(income('HIGH_INCOME'))),

  en('year')('Which parks were established in 2016?', entities(year('Park', 'establishedYear', (one) => one === 2016))),
  en('year')('events after 2023', entities(year('Event', 'year', (one) => one > 2023))),
  en('year')('programmes launched in 2017 or later', entities(year('Program', 'launchedYear', (one) => one >= 2017))),
  en('year')(
    'European countries that signed before 2016',
    entities(
      both(
        inRegion('EUROPE'),
        year('Country', 'briMouYear', (one) => one < 2016),
      ),
    ),
  ),
  en('year')(
    'labs recognised from 2019 to 2021',
    entities(year('Lab', 'yearRecognised', (one) => one >= 2019 && one <= 2021)),
  ),
  zh('year')('2018年签署备忘录的国家', entities(year('Country', 'briMouYear', (one) => one === 2018))),
  zh('year')('2023年以来的活动', entities(year('Event', 'year', (one) => one >= 2023))),
  zh('year')(
    '2016年至2018年启动的计划',
    entities(year('Program', 'launchedYear', (one) => one >= 2016 && one <= 2018)),
  ),

  en('count')(
    'How many universities are in Pakistan?',
    number(both(institutionsIn(['pk']), ofType('Institution', 'UNIVERSITY')).length),
  ),
  en('count')('how many labs work on agriculture', number(labsOn('agriculture-and-food').length)),
  en('count')('count the technology transfer centres', number(ofType('Platform', 'TECHNOLOGY_TRANSFER_CENTER').length)),
  en('count')(
    'How many African countries take part in a joint laboratory?',
    number(both(inRegion('AFRICA'), withLabs).length),
  ),
  zh('count')('东盟有多少成员国', number(members('asean').length)),
  zh('count')('有多少所大学', number(ofType('Institution', 'UNIVERSITY').length)),
  zh('count')('2021年认定了多少实验室', number(year('Lab', 'yearRecognised', (one) => one === 2021).length)),

  en('groups')('platforms by type', { groups: grouped('Platform', (one) => [text(record(one).type)]) }),
  en('groups')('breakdown of countries by region', { groups: grouped('Country', (one) => [text(record(one).region)]) }),
  en('groups')('How many events took place in each year?', {
    groups: grouped('Event', (one) => [text(record(one).year)]),
  }),
  zh('groups')('各类型机构的数量', { groups: grouped('Institution', (one) => [text(record(one).type)]) }),
  zh('groups')('每个领域有多少实验室', { groups: grouped('Lab', (lab) => to('RESEARCHES', lab)) }),

  en('rank')('Which university takes part in the most labs?', {
    first: most(ofType('Institution', 'UNIVERSITY'), (one) => from('HOSTED_BY', one).length),
  }),
  en('rank')('country with the largest number of joint laboratories in Europe', {
    first: most(inRegion('EUROPE'), labCount),
  }),
  en('rank')('latest event', {
    first: most(those('Event'), (one) =>
      Number(
        String(record(one).startDate ?? '0')
          .replaceAll('-', '')
          .padEnd(8, '0'),
      ),
    ),
  }),
  zh('rank')('哪所大学的实验室最多', {
    first: most(ofType('Institution', 'UNIVERSITY'), (one) => from('HOSTED_BY', one).length),
  }),
  zh('rank')('最早成立的平台', { first: most(those('Platform'), (one) => -Number(record(one).foundedYear ?? 9999)) }),

  en('number')('countries that have exactly two labs', entities(allCountries.filter((one) => labCount(one) === 2))),
  en('number')(
    'Asian countries with 3 or more joint labs',
    entities(inRegion('ASIA').filter((one) => labCount(one) >= 3)),
  ),
  zh('number')('合作国家超过两个的实验室', entities(those('Lab', ({ id }) => to('PARTNERS_WITH', id).length > 2))),

  en('connection')('What links Beihang University and Thailand?', { paths: ['beihang-university', 'th'] }),
  en('connection')('Kazakhstan vs Uzbekistan', { compared: ['kz', 'uz'] }),
  zh('connection')('埃及与巴基斯坦之间有什么关系', { paths: ['eg', 'pk'] }),
  zh('connection')('对比泰国和马来西亚', { compared: ['th', 'my'] }),

  en('name')('Which day did Panama leave?', { value: record('pa').briExitDate }),
  en('name')('capital of Uzbekistan', { value: record('uz').capital }),
  zh('name')('蒙古国的首都', { value: record('mn').capital }),
];
