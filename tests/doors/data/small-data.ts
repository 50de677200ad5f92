import type { RelationRecord } from '../../../src/ontology/records.ts';

/** A little graph without a fault, as its files. */
export const smallData = {
  'sources.jsonl': [
    { id: 'source-a', name: 'A', type: 'MEDIA', reliability: 'HIGH' },
    { id: 'source-b', name: 'B', type: 'OFFICIAL', reliability: 'LOW', date: '2023-06', url: 'https://example.org/b' },
  ],
  'countries.json': [
    {
      id: 'cn',
      name: 'China',
      nameZh: '中国',
      code: 'CN',
      codeAlpha3: 'CHN',
      region: 'ASIA',
      subregion: 'x',
      briStatus: 'INITIATOR',
    },
    {
      id: 'ci',
      name: 'Côte d’Ivoire',
      code: 'CI',
      codeAlpha3: 'CIV',
      region: 'AFRICA',
      subregion: 'x',
      briStatus: 'PARTICIPANT',
      briMouYear: 2018,
    },
  ],
  'institutions.json': [
    { id: 'institute', name: 'Institute', type: 'INSTITUTE', alsoKnownAs: ['Łódź', 'I'] },
    { id: 'university', name: 'University', type: 'UNIVERSITY' },
  ],
  'labs.json': [
    {
      id: 'lab-one',
      name: 'One',
      designation: 'OTHER_JOINT_LABORATORY',
      inScope: false,
      status: 'AGREED',
      confidence: 'LOW',
      batch: 1,
      milestones: [{ date: '2019', text: 'Begun.', source: 'source-a' }, { text: 'Opened.' }],
    },
    { id: 'lab-two', name: 'Two', designation: 'PLANNED', inScope: true, status: 'PLANNED', confidence: 'HIGH' },
  ],
  'indicators.json': [
    {
      id: 'figure',
      name: 'Figure',
      series: 's',
      value: 18_800_000_000,
      unit: 'x',
      qualifier: 'EXACT',
      type: 'ACTUAL',
      year: 2023,
    },
  ],
  'relations.json': [
    { type: 'PARTNERS_WITH', from: 'lab-one', to: 'ci', sources: ['source-a', 'source-b'] },
    { type: 'HOSTED_BY', from: 'lab-one', to: 'institute', properties: { role: 'HOST', roleNote: 'Leads É' } },
    { type: 'BASED_IN', from: 'institute', to: 'cn', properties: { basis: 'NAME' } },
    { type: 'POSSIBLY_SAME_AS', from: 'lab-one', to: 'lab-two', properties: { note: 'Alike.' } },
    { type: 'CITES', from: 'lab-one', to: 'source-a', properties: { supports: ['RECORD', 'NAME'] } },
    { type: 'MEASURES_COUNTRY', from: 'figure', to: 'cn' },
  ] satisfies RelationRecord[],
};
