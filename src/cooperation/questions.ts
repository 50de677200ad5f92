import type { ExplorerQuestion } from '../explorer/option.ts';

/** The questions that the explorer begins with. */
export const questions: readonly ExplorerQuestion[] = [
  {
    title: 'Which laboratories are designated, and with which partner countries?',
    name: 'designated-labs',
    query: `# Which laboratories are designated, and with which partner countries?
query DesignatedLabs {
  labs(filter: { designation: { eq: BELT_AND_ROAD_JOINT_LABORATORY } }, first: 100) {
    nodes {
      ...Card
      partnerCountries(first: 20) {
        edges {
          ownSources
          sources {
            ...SourceCard
          }
          node {
            ...Card
          }
        }
      }
    }
  }
}`,
  },
  {
    title: 'Which laboratories work on artificial intelligence, and with which partners?',
    name: 'labs-on-artificial-intelligence',
    query: `# Which laboratories work on artificial intelligence, and with which partners?
query LabsOnArtificialIntelligence {
  labs(filter: { areas: { some: { within: "artificial-intelligence" } } }, first: 100) {
    nodes {
      ...Card
      areas(filter: { within: "artificial-intelligence" }, first: 20) {
        edges {
          ownSources
          sources {
            ...SourceCard
          }
          node {
            ...Card
          }
        }
      }
      partnerCountries(first: 20) {
        edges {
          ownSources
          sources {
            ...SourceCard
          }
          node {
            ...Card
          }
        }
      }
    }
  }
}`,
  },
  { title: 'How is Kenya connected with crop science?', paths: ['ke', 'crop-science'] },
  {
    title: 'Which technology-transfer platforms exist, and which countries do they serve?',
    name: 'platforms',
    query: `# Which technology-transfer platforms exist, and which countries do they serve?
query Platforms {
  platforms(first: 100) {
    nodes {
      ...Card
      servedCountries(first: 50) {
        edges {
          ownSources
          sources {
            ...SourceCard
          }
          node {
            ...Card
          }
        }
      }
      servedGroups(first: 50) {
        edges {
          ownSources
          sources {
            ...SourceCard
          }
          node {
            ...Card
          }
        }
      }
    }
  }
}`,
  },
  {
    title: 'Which institutions take part in more than one designated laboratory?',
    name: 'hosts-of-several-designated-labs',
    query: `# Which institutions take part in more than one designated laboratory?
query HostsOfSeveralDesignatedLabs {
  institutions(
    filter: { labs: { count: { gte: 2, filter: { designation: { eq: BELT_AND_ROAD_JOINT_LABORATORY } } } } }
    first: 50
  ) {
    nodes {
      ...Card
      labs(filter: { designation: { eq: BELT_AND_ROAD_JOINT_LABORATORY } }, first: 20) {
        edges {
          role
          side
          ownSources
          sources {
            ...SourceCard
          }
          node {
            ...Card
          }
        }
      }
    }
  }
}`,
  },
  { title: 'How are Kenya and Thailand connected?', paths: ['ke', 'th'] },
  { title: 'Which members, programmes and events does the African Union have?', open: 'african-union' },
  { title: 'Where are the partner countries?', page: 'map' },
  { title: 'What has happened when, and what was announced?', page: 'timeline' },
];
