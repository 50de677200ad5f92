/** A page of `docs/questions`: its examples by their numbers, from easy to hard, each with what it lets a reader know. */
export interface QuestionTopic {
  readonly file: string;
  readonly title: string;
  readonly text: string;
  readonly examples: readonly (readonly [number: string, wanted: string])[];
}

export const questionTopics: readonly QuestionTopic[] = [
  {
    file: 'look-up',
    title: 'Look something up',
    text: 'A field that begins at one entity and follows its relations. Each fact can show its `sources`.',
    examples: [
      ['01', 'what an entity is related to, in which role, and what the sources are'],
      ['02', 'what lies two relations away, and what happened step by step'],
      ['04', 'what something consists of, level by level'],
      ['03', 'what a relation rests on'],
      ['05', 'what is in the graph at all'],
    ],
  },
  {
    file: 'find-by-words',
    title: 'Find by words',
    text: 'Filters and `search` ignore case and accents; `search` forgives typing errors too.',
    examples: [
      ['06', 'which names contain some letters, whatever their accents'],
      ['16', 'what fits some words, even misspelt ones'],
    ],
  },
  {
    file: 'filter',
    title: 'Filter',
    text: '`some`, `none` and `every` ask for related entities, `edge` for the properties of the relation, and `within` for what is narrower.',
    examples: [
      ['07', 'what is related to something with a property'],
      ['10', 'what happened in a month or a year'],
      ['13', 'what belongs to a class or a narrower one'],
      ['08', 'what has one relation and lacks another'],
      ['11', 'who has a role in it'],
      ['14', 'which figures are the newest'],
      ['36', 'what has ended, and how long it lasted'],
      ['34', 'what is planned and not done'],
      ['35', 'what depends on one entity alone'],
    ],
  },
  {
    file: 'count-and-rank',
    title: 'Count and rank',
    text: 'Groups and facets count what a list would show; an order by a count makes a ranking. Keys of groups may follow relations, and a metric may have a filter of its own.',
    examples: [
      ['12', 'how something is distributed, by several criteria at once'],
      ['17', 'which groups have more than some number'],
      ['09', 'who has the most'],
      ['25', 'how something developed over the years'],
      ['22', 'how much of a published total is in the graph'],
      ['33', 'how many there were each year, and in all until then'],
      ['31', 'what the newest of each group is'],
      ['29', 'which things occur together, and how often'],
      ['30', 'a pivot table by classes of related entities'],
      ['32', 'which share rests on weak sources'],
    ],
  },
  {
    file: 'connect',
    title: 'Connect',
    text: 'Paths, neighbourhoods and what is alike, each with the reason.',
    examples: [
      ['18', 'how two entities are connected'],
      ['24', 'what surrounds an entity'],
      ['20', 'what is similar to an entity, and why'],
      ['21', 'what two entities share'],
    ],
  },
  {
    file: 'match-shapes',
    title: 'Match shapes',
    text: '`match` finds entities that stand to one another as a pattern says. `negated` takes away what has a further relation, `optional` shows it where it exists, and `maxHops` lets a relation be followed several times. `values` are computed of each match: counts of a shape, differences and times, which comparisons, orders and groups use.',
    examples: [
      ['23', 'which entities form a shape'],
      ['19', 'where a relation of a shape is missing'],
      ['28', 'which pairs have one thing in common and not another'],
      ['26', 'what meets at some level of a hierarchy'],
      ['39', 'which of several later values was the first to pass another one'],
      ['37', 'how many there were on the day of another event'],
      ['38', 'how much time lies between two events, as a median of each group'],
    ],
  },
  {
    file: 'missing-and-disputed',
    title: 'See what is missing or disputed',
    text: 'The graph also says what it does not know, and where its sources disagree.',
    examples: [
      ['15', 'where sources disagree'],
      ['27', 'what is missing or weakly known'],
    ],
  },
];
