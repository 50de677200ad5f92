import {
  allCountries,
  area,
  ask,
  both,
  countries,
  designated,
  edgesTo,
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
  labsWithGroup,
  leads,
  members,
  most,
  number,
  ofType,
  record,
  status,
  text,
  those,
  to,
  withLabs,
  year,
} from './cooperation-facts.ts';
import type { EvaluatedQuestion } from './facts.ts';

const region = ask('en', 'region');
const group = ask('en', 'group');
const kindAnd = ask('en', 'kind and name');
const topic = ask('en', 'topic');
const role = ask('en', 'role');
const negation = ask('en', 'negation');
const state = ask('en', 'status');
const time = ask('en', 'year');
const count = ask('en', 'count');
const groups = ask('en', 'groups');
const rank = ask('en', 'rank');
const compare = ask('en', 'number');
const connect = ask('en', 'connection');
const name = ask('en', 'name');

const english: readonly EvaluatedQuestion[] = [
  region('labs in Southeast Asia', entities(labsIn(inSubregion('South-eastern Asia')))),
  region('labs in South East Asia', entities(labsIn(inSubregion('South-eastern Asia')))),
  region('South Asia labs', entities(labsIn(inSubregion('Southern Asia')))),
  region('laboratories in North Africa', entities(labsIn(inSubregion('Northern Africa')))),
  region('which laboratories are in Africa?', entities(labsIn(inRegion('AFRICA')))),
  region('joint laboratories in Central Asia', entities(labsIn(inSubregion('Central Asia')))),
  region('labs in Eastern Europe', entities(labsIn(inSubregion('Eastern Europe')))),
  region('European labs', entities(labsIn(inRegion('EUROPE')))),
  region('labs in Latin America', entities(labsIn(inSubregion('Latin America and the Caribbean')))),
  region('labs in East Africa', entities(labsIn(inPart('Eastern Africa')))),
  region('countries in Southeast Asia', entities(inSubregion('South-eastern Asia'))),
  region(
    'universities in South Asia',
    entities(both(institutionsIn(inSubregion('Southern Asia')), ofType('Institution', 'UNIVERSITY'))),
  ),
  region(
    'parks in Africa',
    entities(
      those(
        'Park',
        ({ id }) => leads('LOCATED_IN', id, inRegion('AFRICA')) || leads('BUILT_WITH', id, inRegion('AFRICA')),
      ),
    ),
  ),
  region('institutions in West Asia', entities(institutionsIn(inSubregion('Western Asia')))),

  group('labs with ASEAN countries', entities(labsIn(members('asean')))),
  group('laboratories with BRICS members', entities(labsIn(members('brics')))),
  group('members of ASEAN', entities(members('asean'))),
  group('members of the Shanghai Cooperation Organisation', entities(members('sco'))),
  group('which countries belong to the Gulf Cooperation Council?', entities(members('gcc'))),
  group('labs in the European Union', entities(labsWithGroup('eu'))),
  group('African Union countries with a joint laboratory', entities(both(members('african-union'), withLabs))),

  kindAnd('laboratories with Thailand', entities(labsIn(['th']))),
  kindAnd('labs in Kazakhstan', entities(labsIn(['kz']))),
  kindAnd('joint laboratory Pakistan', entities(labsIn(['pk']))),
  kindAnd('joint laboratory Pakistan'.replace('tory', 'try'), entities(labsIn(['pk']))),
  kindAnd('labs in Serbia or Greece', entities(labsIn(['rs', 'gr']))),
  kindAnd('platforms serving Indonesia', entities(those('Platform', ({ id }) => leads('SERVES', id, ['id'])))),
  kindAnd('technology transfer centres', entities(ofType('Platform', 'TECHNOLOGY_TRANSFER_CENTER'))),
  kindAnd('parks located in Uganda', entities(those('Park', ({ id }) => leads('LOCATED_IN', id, ['ug'])))),
  kindAnd('universities in Serbia', entities(both(institutionsIn(['rs']), ofType('Institution', 'UNIVERSITY')))),
  kindAnd('Belarusian institutions', entities(institutionsIn(['by']))),
  kindAnd('companies in China', entities(both(institutionsIn(['cn']), ofType('Institution', 'COMPANY')))),
  kindAnd('events held in Thailand', entities(those('Event', ({ id }) => leads('HELD_IN', id, ['th'])))),

  topic('labs on agriculture and food', entities(labsOn('agriculture-and-food'))),
  topic('labs working on renewable energy', entities(labsOn('renewable-energy'))),
  topic('laboratories for traditional Chinese medicine', entities(labsOn('traditional-chinese-medicine'))),
  topic('which labs research artificial intelligence?', entities(labsOn('artificial-intelligence'))),
  topic(
    'agriculture and food labs in Africa',
    entities(both(labsOn('agriculture-and-food'), labsIn(inRegion('AFRICA')))),
  ),
  topic('energy labs in Asia', entities(both(labsOn('energy'), labsIn(inRegion('ASIA'))))),
  topic(
    'programmes on space technology',
    entities(those('Program', ({ id }) => leads('COVERS', id, area('space-technology')))),
  ),
  topic(
    'parks specialising in energy',
    entities(those('Park', ({ id }) => leads('SPECIALISES_IN', id, area('energy')))),
  ),
  topic(
    'what areas do labs in Egypt work on?',
    entities(those('Area', ({ id }) => from('RESEARCHES', id).some((lab) => labsIn(['eg']).includes(lab)))),
  ),
  topic(
    'universities with labs on energy',
    entities(
      those(
        'Institution',
        (one) => one.type === 'UNIVERSITY' && from('HOSTED_BY', one.id).some((lab) => labsOn('energy').includes(lab)),
      ),
    ),
  ),

  role(
    'who hosts STARLab?',
    entities(to('HOSTED_BY', 'china-portugal-xinghai-belt-and-road-joint-laboratory-starlab')),
  ),
  role(
    'who runs the China-Africa Innovation Cooperation Center',
    entities(to('OPERATED_BY', 'china-africa-innovation-cooperation-center')),
  ),
  role(
    'who operates the China-ASEAN Technology Transfer Center?',
    entities(to('OPERATED_BY', 'china-asean-technology-transfer-center')),
  ),
  role(
    'labs hosted by the Chinese Academy of Agricultural Sciences',
    entities(from('HOSTED_BY', 'chinese-academy-of-agricultural-sciences')),
  ),
  role('which labs does Zhejiang University run?', entities(from('HOSTED_BY', 'zhejiang-university'))),
  role(
    'labs led by Harbin Institute of Technology',
    entities(
      edgesTo('HOSTED_BY', 'harbin-institute-of-technology')
        .filter(({ properties }) => properties?.role === 'LEAD')
        .map((one) => one.from),
    ),
  ),
  role('who leads the Joint Laboratory Initiative?', entities(to('LED_BY', 'action-joint-laboratories'))),
  role(
    'which institutions host labs in Kenya?',
    entities(those('Institution', ({ id }) => from('HOSTED_BY', id).some((lab) => labsIn(['ke']).includes(lab)))),
  ),
  role(
    'companies that host labs',
    entities(
      both(
        ofType('Institution', 'COMPANY'),
        those('Institution', ({ id }) => from('HOSTED_BY', id).length > 0),
      ),
    ),
  ),

  negation('countries without a laboratory', entities(except(allCountries, withLabs))),
  negation('labs without a host institution', entities(those('Lab', ({ id }) => to('HOSTED_BY', id).length === 0))),
  negation('countries in Africa without labs', entities(except(inRegion('AFRICA'), withLabs))),
  negation(
    'which countries have no platform?',
    entities(
      except(
        allCountries,
        countries(({ id }) => from('SERVES', id).length + from('SEATED_IN', id).length > 0),
      ),
    ),
  ),
  negation('labs not in Asia', entities(except(those('Lab'), labsIn(inRegion('ASIA'))))),
  negation('European countries without a joint laboratory', entities(except(inRegion('EUROPE'), withLabs))),
  negation('programmes without sources', entities(those('Program', ({ id }) => to('CITES', id).length === 0))),
  negation('ASEAN members that have no lab', entities(except(members('asean'), withLabs))),
  negation('platforms without a founding year', entities(those('Platform', (one) => one.foundedYear === undefined))),

  state('countries that withdrew', entities(status('WITHDRAWN'))),
  state('withdrawn countries', entities(status('WITHDRAWN'))),
  state('country that left the Belt and Road', entities(status('WITHDRAWN'))),
  state('designated labs', entities(designated)),
  state('designated laboratories in Africa', entities(both(designated, labsIn(inRegion('AFRICA'))))),
  state('planned labs', entities(those('Lab', (one) => one.status === 'PLANNED' || one.designation === 'PLANNED'))),
  state(
    'low-income countries with a lab',
    entities(
      both(
        countries((one) => one.incomeGroup === 'LOW_INCOME'),
        withLabs,
      ),
    ),
  ),
  state('countries that are not listed', entities(status('NOT_LISTED'))),

  time('laboratories recognised in 2021', entities(year('Lab', 'yearRecognised', (one) => one === 2021))),
  time('labs designated since 2023', entities(year('Lab', 'yearRecognised', (one) => one >= 2023))),
  time('platforms founded before 2015', entities(year('Platform', 'foundedYear', (one) => one < 2015))),
  time('countries that signed after 2019', entities(year('Country', 'briMouYear', (one) => one > 2019))),
  time(
    'programmes launched between 2017 and 2019',
    entities(year('Program', 'launchedYear', (one) => one >= 2017 && one <= 2019)),
  ),
  time('events in 2024', entities(year('Event', 'year', (one) => one === 2024))),
  time(
    'African countries that joined in 2018',
    entities(
      both(
        inRegion('AFRICA'),
        year('Country', 'briMouYear', (one) => one === 2018),
      ),
    ),
  ),
  time('parks established since 2015', entities(year('Park', 'establishedYear', (one) => one >= 2015))),

  count('how many laboratories are there?', number(those('Lab').length)),
  count('how many joint laboratories are there in Africa?', number(labsIn(inRegion('AFRICA')).length)),
  count('how many countries have no joint laboratory?', number(allCountries.length - withLabs.length)),
  count('how many labs does Kazakhstan have', number(labCount('kz'))),
  count(
    'number of universities in China',
    number(both(institutionsIn(['cn']), ofType('Institution', 'UNIVERSITY')).length),
  ),
  count(
    'how many countries in Europe signed in 2017?',
    number(
      both(
        inRegion('EUROPE'),
        year('Country', 'briMouYear', (one) => one === 2017),
      ).length,
    ),
  ),
  count('how many designated laboratories are there', number(designated.length)),
  count(
    'how many platforms were founded since 2015',
    number(year('Platform', 'foundedYear', (one) => one >= 2015).length),
  ),
  count('number of partner countries with joint labs', number(withLabs.length)),
  count('how many members does ASEAN have?', number(members('asean').length)),
  count(
    'how many labs have more than three partner countries',
    number(those('Lab', ({ id }) => to('PARTNERS_WITH', id).length > 3).length),
  ),

  groups('how many laboratories per region', {
    groups: grouped('Lab', (lab) => to('PARTNERS_WITH', lab).map((one) => text(record(one).region))),
  }),
  groups('labs by year', { groups: grouped('Lab', (lab) => [text(record(lab).yearRecognised)]) }),
  groups('number of labs by designation', { groups: grouped('Lab', (lab) => [text(record(lab).designation)]) }),
  groups('how many institutions of each type', { groups: grouped('Institution', (one) => [text(record(one).type)]) }),
  groups('countries per income group', { groups: grouped('Country', (one) => [text(record(one).incomeGroup)]) }),
  groups('how many labs in each country', { groups: grouped('Lab', (lab) => to('PARTNERS_WITH', lab)) }),
  groups('labs per research area', { groups: grouped('Lab', (lab) => to('RESEARCHES', lab)) }),
  groups('events per year', { groups: grouped('Event', (one) => [text(record(one).year)]) }),

  rank('which country has the most labs?', { first: most(allCountries, labCount) }),
  rank('top ten countries by labs', { first: most(allCountries, labCount) }),
  rank('institutions with the most labs', {
    first: most(those('Institution'), (one) => from('HOSTED_BY', one).length),
  }),
  rank('which African country has the most joint laboratories?', { first: most(inRegion('AFRICA'), labCount) }),
  rank('research areas with the most labs', { first: most(those('Area'), (one) => from('RESEARCHES', one).length) }),
  rank('newest platform', { first: most(those('Platform'), (one) => Number(record(one).foundedYear ?? 0)) }),
  rank('oldest parks', { first: most(those('Park'), (one) => -Number(record(one).establishedYear ?? 9999)) }),

  compare('countries with more than five labs', entities(countries(({ id }) => labCount(id) > 5))),
  compare('countries with at least three laboratories', entities(countries(({ id }) => labCount(id) >= 3))),
  compare(
    'institutions with two or more labs',
    entities(those('Institution', ({ id }) => from('HOSTED_BY', id).length >= 2)),
  ),
  compare(
    'labs with more than two partner countries',
    entities(those('Lab', ({ id }) => to('PARTNERS_WITH', id).length > 2)),
  ),
  compare(
    'European countries with at least two labs',
    entities(inRegion('EUROPE').filter((one) => labCount(one) >= 2)),
  ),

  connect('how is Serbia connected with Kenya?', { paths: ['rs', 'ke'] }),
  connect('connection between Zhejiang University and ASEAN', { paths: ['zhejiang-university', 'asean'] }),
  connect('compare Serbia and Hungary', { compared: ['rs', 'hu'] }),
  connect('what do Kenya and Ethiopia have in common', { compared: ['ke', 'et'] }),

  name('ASEAN', entities(['asean'])),
  name('Zhejiang University', entities(['zhejiang-university'])),
  name('what is the capital of Kenya?', { value: record('ke').capital }),
  name('when did Italy withdraw?', { value: record('it').briExitDate }),
  name('when was the China-ASEAN Technology Transfer Center founded?', {
    value: record('china-asean-technology-transfer-center').foundedYear,
  }),
];

const zh = (of: string) => ask('zh', of);

const chinese: readonly EvaluatedQuestion[] = [
  zh('region')('东南亚的联合实验室', entities(labsIn(inSubregion('South-eastern Asia')))),
  zh('region')('中亚有哪些联合实验室', entities(labsIn(inSubregion('Central Asia')))),
  zh('region')(
    '非洲的园区',
    entities(
      those(
        'Park',
        ({ id }) => leads('LOCATED_IN', id, inRegion('AFRICA')) || leads('BUILT_WITH', id, inRegion('AFRICA')),
      ),
    ),
  ),
  zh('region')(
    '南亚的大学',
    entities(both(institutionsIn(inSubregion('Southern Asia')), ofType('Institution', 'UNIVERSITY'))),
  ),
  zh('region')('拉美的实验室', entities(labsIn(inSubregion('Latin America and the Caribbean')))),
  zh('region')('东欧实验室', entities(labsIn(inSubregion('Eastern Europe')))),
  zh('group')('东盟的成员国', entities(members('asean'))),
  zh('group')('与金砖国家的联合实验室', entities(labsWithGroup('brics'))),
  zh('group')('上合组织成员国有哪些', entities(members('sco'))),
  zh('kind and name')('泰国的联合实验室', entities(labsIn(['th']))),
  zh('kind and name')('巴基斯坦有哪些实验室', entities(labsIn(['pk']))),
  zh('kind and name')('塞尔维亚的大学', entities(both(institutionsIn(['rs']), ofType('Institution', 'UNIVERSITY')))),
  zh('kind and name')('白俄罗斯的机构', entities(institutionsIn(['by']))),
  zh('kind and name')('哈萨克斯坦和乌兹别克斯坦的实验室', entities(labsIn(['kz', 'uz']))),
  zh('topic')('人工智能实验室', entities(labsOn('artificial-intelligence'))),
  zh('topic')('研究中医药的实验室', entities(labsOn('traditional-chinese-medicine'))),
  zh('role')('浙江大学承建的实验室', entities(from('HOSTED_BY', 'zhejiang-university'))),
  zh('role')('谁运营中非创新合作中心', entities(to('OPERATED_BY', 'china-africa-innovation-cooperation-center'))),
  zh('role')('浙江大学有哪些实验室', entities(from('HOSTED_BY', 'zhejiang-university'))),
  zh('negation')('没有联合实验室的国家', entities(except(allCountries, withLabs))),
  zh('negation')('哪些国家没有联合实验室', entities(except(allCountries, withLabs))),
  zh('negation')('没有联合实验室的非洲国家', entities(except(inRegion('AFRICA'), withLabs))),
  zh('negation')('没有主办机构的实验室', entities(those('Lab', ({ id }) => to('HOSTED_BY', id).length === 0))),
  zh('negation')(
    '没有平台但有实验室的国家',
    entities(
      except(
        withLabs,
        countries(({ id }) => from('SERVES', id).length + from('SEATED_IN', id).length > 0),
      ),
    ),
  ),
  zh('status')('退出一带一路的国家', entities(status('WITHDRAWN'))),
  zh('status')('官方认定的实验室', entities(designated)),
  zh('status')('哪些国家退出了', entities(status('WITHDRAWN'))),
  zh('year')('2021年认定的实验室', entities(year('Lab', 'yearRecognised', (one) => one === 2021))),
  zh('year')('2015年以前成立的平台', entities(year('Platform', 'foundedYear', (one) => one < 2015))),
  zh('year')('2019年以后签署的国家', entities(year('Country', 'briMouYear', (one) => one > 2019))),
  zh('count')('非洲有多少个联合实验室', number(labsIn(inRegion('AFRICA')).length)),
  zh('count')('多少国家没有联合实验室', number(allCountries.length - withLabs.length)),
  zh('count')('一共有多少实验室', number(those('Lab').length)),
  zh('count')('哈萨克斯坦有几个联合实验室', number(labCount('kz'))),
  zh('groups')('每个国家有多少实验室', { groups: grouped('Lab', (lab) => to('PARTNERS_WITH', lab)) }),
  zh('groups')('各地区的联合实验室数量', {
    groups: grouped('Lab', (lab) => to('PARTNERS_WITH', lab).map((one) => text(record(one).region))),
  }),
  zh('groups')('每年的活动数量', { groups: grouped('Event', (one) => [text(record(one).year)]) }),
  zh('rank')('哪个国家的联合实验室最多', { first: most(allCountries, labCount) }),
  zh('rank')('实验室最多的机构', { first: most(those('Institution'), (one) => from('HOSTED_BY', one).length) }),
  zh('rank')('实验室最多的非洲国家', { first: most(inRegion('AFRICA'), labCount) }),
  zh('number')('有超过五个联合实验室的国家', entities(countries(({ id }) => labCount(id) > 5))),
  zh('number')('至少有三个实验室的国家', entities(countries(({ id }) => labCount(id) >= 3))),
  zh('connection')('塞尔维亚和肯尼亚有什么联系', { paths: ['rs', 'ke'] }),
  zh('connection')('比较塞尔维亚和匈牙利', { compared: ['rs', 'hu'] }),
  zh('name')('浙江大学', entities(['zhejiang-university'])),
  zh('name')('肯尼亚的首都是什么', { value: record('ke').capital }),
];

/** Questions about the graph of the product, each with what a good answer has, from the seeds alone. */
export const cooperationQuestions: readonly EvaluatedQuestion[] = [...english, ...chinese];
