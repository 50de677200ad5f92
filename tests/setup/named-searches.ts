/** Searches, each with the entity that a reader of the data names first: named by hand, before there was any ranking. */
export const namedSearches: readonly (readonly [query: string, first: string])[] = [
  // The only laboratory that works in this area alone, and is named after it.
  ['ai labs', 'kazakhstan-china-belt-and-road-joint-laboratory-on-spatio-temporal-artificial-intelligence'],
  // The only laboratory of the area with a partner in Africa; its name says neither.
  ['artificial intelligence in Africa', 'china-mozambique-belt-and-road-joint-laboratory-on-smart-agriculture'],
  ['Serbia medicine laboratory', 'china-serbia-joint-laboratory-for-natural-products-and-drug-discovery'],
  ['crop science laboratories in Kenya', 'china-kenya-joint-laboratory-for-crop-molecular-biology'],
  // The agency that is called so, before the laboratory that works on it.
  ['nuclear energy Indonesia', 'batan'],
  ['quantum lab in Thailand', 'ustc-chula-joint-laboratory-for-quantum-science-and-technology'],
  ['space laboratory Portugal', 'china-portugal-xinghai-belt-and-road-joint-laboratory-starlab'],
  ['neuroscience Cuba', 'cuban-neurosciences-center'],
  ['IoT laboratory', 'china-chile-ict-belt-and-road-joint-laboratory'],
  ['TCM park', 'great-stone'],
  ['agriculture park in Kazakhstan', 'china-kazakhstan-agri-park'],
  ['biotechnology park Belgium', 'cbtc'],
  ['pharmaceutical park in Africa', 'eastern-industry-zone'],
  ['horticulture in Oceania', 'china-new-zealand-belt-and-road-joint-laboratory-on-kiwifruit'],
  [
    '人工智能 奥地利 实验室',
    'china-austria-belt-and-road-joint-laboratory-on-artificial-intelligence-and-advanced-manufacturing',
  ],
  ['葡萄牙中医药实验室', 'china-portugal-joint-laboratory-of-traditional-medicine'],
  ['Zhejiang University lab Indonesia', 'sino-indonesia-joint-laboratory-of-biotechnology'],
  ['poverty reduction programme Central Asia', 'china-central-asia-st-poverty'],
  ['digital technology laboratory in Greece', 'china-greece-joint-laboratory-for-digital-heritage'],
  ['solar energy in Northern Africa', 'china-egypt-renewable-energy-joint-laboratory'],
];
