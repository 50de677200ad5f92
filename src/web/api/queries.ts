import card from '../queries/card.graphql';
import countries from '../queries/countries.graphql';
import country from '../queries/country.graphql';
import details from '../queries/details.graphql';
import events from '../queries/events.graphql';
import figures from '../queries/figures.graphql';
import hop from '../queries/hop.graphql';
import labYears from '../queries/lab-years.graphql';
import leftOut from '../queries/left-out.graphql';
import map from '../queries/map.graphql';
import neighborhood from '../queries/neighborhood.graphql';
import neighbors from '../queries/neighbors.graphql';
import ontology from '../queries/ontology.graphql';
import paths from '../queries/paths.graphql';
import properties from '../queries/properties.graphql';
import designatedLabs from '../queries/questions/designated-labs.graphql';
import hostsOfSeveralDesignatedLabs from '../queries/questions/hosts-of-several-designated-labs.graphql';
import labsOnArtificialIntelligence from '../queries/questions/labs-on-artificial-intelligence.graphql';
import platforms from '../queries/questions/platforms.graphql';
import search from '../queries/search.graphql';
import sourceCard from '../queries/source-card.graphql';
import suggest from '../queries/suggest.graphql';
import totals from '../queries/totals.graphql';

const fragments: Readonly<Record<string, string>> = {
  Card: card,
  Hop: hop,
  LeftOut: leftOut,
  Neighbors: neighbors,
  Properties: properties,
  SourceCard: sourceCard,
};

/** A document with all fragments that it spreads, directly or indirectly. */
function whole(document: string): string {
  const texts = [document];
  const named = new Set<string>();
  for (const text of texts) {
    for (const [, name = ''] of text.matchAll(/\.\.\.(\w+)/g)) {
      const fragment = fragments[name];
      if (fragment === undefined || named.has(name)) continue;
      named.add(name);
      texts.push(fragment);
    }
  }
  return texts.map((text) => text.trim()).join('\n\n');
}

/** Every query of the explorer with its fragments, as sent to the server and opened in GraphiQL. */
export const queries = {
  countries: whole(countries),
  country: whole(country),
  details: whole(details),
  events: whole(events),
  figures: whole(figures),
  labYears: whole(labYears),
  map: whole(map),
  neighborhood: whole(neighborhood),
  ontology: whole(ontology),
  paths: whole(paths),
  search: whole(search),
  suggest: whole(suggest),
  totals: whole(totals),
} as const;

/** Example queries that can be drawn directly, by their names in addresses. */
export const questions: Readonly<Record<string, string>> = {
  'designated-labs': whole(designatedLabs),
  'labs-on-artificial-intelligence': whole(labsOnArtificialIntelligence),
  platforms: whole(platforms),
  'hosts-of-several-designated-labs': whole(hostsOfSeveralDesignatedLabs),
};

/** All of them. */
export const documents: readonly string[] = [...Object.values(queries), ...Object.values(questions)];

/** Title of a query: the comment in its first line. */
export const titleOf = (document: string): string => /^# (.+)/.exec(document)?.[1] ?? '';
