import type { IdentifierScheme } from '../ontology/vocabulary.ts';

/** How identifiers are written, and where they resolve; first those by which others know most entities. */
export const identifierSchemes = {
  ROR: {
    pattern: /^0[a-hj-km-np-tv-z0-9]{6}\d{2}$/,
    checksum: 'MOD_97_10_BASE_32',
    address: 'https://ror.org/{value}',
    lowerCase: true,
  },
  WIKIDATA: {
    pattern: /^Q[1-9]\d*$/,
    address: 'http://www.wikidata.org/entity/{value}',
    otherAddresses: ['https://www.wikidata.org/wiki/{value}'],
  },
  ANZSRC_FOR_2020: { pattern: /^(\d{2}){1,3}$/, address: 'https://linked.data.gov.au/def/anzsrc-for/2020/{value}' },
  ANZSRC_SEO_2020: { pattern: /^(\d{2}){1,3}$/, address: 'https://linked.data.gov.au/def/anzsrc-seo/2020/{value}' },
  CROSSREF_FUNDER: { pattern: /^\d{9,12}$/, address: 'https://doi.org/10.13039/{value}' },
  EUROSCIVOC: {
    pattern: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
    address: 'http://data.europa.eu/8mn/euroscivoc/{value}',
    lowerCase: true,
  },
  GEONAMES: {
    pattern: /^[1-9]\d*$/,
    address: 'https://sws.geonames.org/{value}/',
    otherAddresses: ['https://www.geonames.org/{value}/'],
  },
  GRID: { pattern: /^grid\.\d+\.[0-9a-f]+$/, lowerCase: true },
  ISNI: { pattern: /^\d{15}[\dX]$/, checksum: 'MOD_11_2', address: 'https://isni.org/isni/{value}' },
  OPENALEX_FIELD: { pattern: /^\d{2}$/, address: 'https://openalex.org/fields/{value}' },
  OPENALEX_SUBFIELD: { pattern: /^\d{4}$/, address: 'https://openalex.org/subfields/{value}' },
  SWHID: {
    pattern: /^swh:1:(rev|cnt|dir|rel|snp):[0-9a-f]{40}$/,
    address: 'https://archive.softwareheritage.org/{value}',
    lowerCase: true,
  },
  UN_M49: { pattern: /^\d{3}$/ },
} as const satisfies Readonly<Record<string, IdentifierScheme>>;
