import { defineOntology } from '../ontology/definition/define-ontology.ts';
import { chineseLabels } from './chinese-labels.ts';
import { chineseSummaries } from './chinese-summaries.ts';
import { enumerations } from './enumerations.ts';
import { identifierSchemes } from './identifier-schemes.ts';
import { kinds, sharedProperties } from './kinds.ts';
import { labels } from './labels.ts';
import { linkedData } from './linked-data.ts';
import { publishedTotals } from './published-totals.ts';
import { relations } from './relations.ts';
import { englishSummaries } from './summaries.ts';
import { chineseWords, englishWords } from './words.ts';

/** What the lists of country codes say of a country. */
const factsOfCodes = [
  ...['code', 'codeAlpha3', 'codeNumeric', 'officialName', 'capital'],
  ...['region', 'subregion', 'intermediateRegion'],
];

/** The ontology of Belt and Road science and technology cooperation. */
export const cooperation = defineOntology({
  enumerations,
  sharedProperties,
  kinds,
  relations,
  provenance: {
    relation: 'CITES',
    kind: 'Source',
    property: 'sources',
    reliability: { property: 'reliability', weak: 'LOW' },
    citation: {
      ...{ publisher: 'publisher', date: 'date', url: 'url', unlinked: 'mirror', language: 'language', type: 'type' },
      cslTypes: { CODE_REPOSITORY: 'software', DATASET: 'dataset', ENCYCLOPEDIA: 'entry-encyclopedia' },
    },
    facts: {
      property: 'supports',
      supported: {
        NAME: ['nameZh', 'nameZhBasis'],
        CODES: factsOfCodes,
        INCOME_GROUP: ['incomeGroup', 'worldBankRegion'],
        BRI_STATUS: ['briStatus', 'briMouDate', 'briMouYear', 'briMouDateBasis', 'briConfidence'],
        BRI_EVIDENCE: ['briStatus', 'briMouDate', 'briMouYear', 'briMouDateBasis', 'briConfidence'],
        BRI_EXIT: ['briStatus', 'briExitDate'],
        // What else the record says has sources of its own, or is in the words of the editors.
        ...{ NAMED: [], MILESTONE: [], CONFLICT: ['conflicts'], NOTE: ['notes'], PARTICIPANTS: [] },
        LAUNCHED: ['launched', 'launchedYear'],
      },
    },
  },
  identifiers: { scheme: 'IdentifierScheme', certainty: 'Confidence', schemes: identifierSchemes },
  milestones: { type: 'MilestoneType' },
  locations: { precision: 'LocationPrecision', side: 'LocationSide' },
  linkedData,
  labels: { en: labels, 'zh-Hans': chineseLabels },
  words: { en: englishWords, 'zh-Hans': chineseWords },
  summaries: { en: englishSummaries, 'zh-Hans': chineseSummaries },
  publishedTotals,
});
