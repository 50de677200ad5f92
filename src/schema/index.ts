import './scalars.ts';
import './enumerations.ts';
import './entities/entities.ts';
import './entities/relations.ts';
import './entities/root.ts';
import './changes/changes.ts';
import './explore/compare.ts';
import './entities/country.ts';
import './gaps/gaps.ts';
import './groups/groups.ts';
import './match/match.ts';
import './mutations/mutations.ts';
import './explore/neighborhood.ts';
import './entities/ontology.ts';
import './explore/paths.ts';
import './changes/revisions.ts';
import './explore/search.ts';
import './explore/similar.ts';
import './explore/suggest.ts';
import { specifiedDirectives } from 'graphql';
import { builder } from './builder.ts';
import { citeDirective } from './citations/cite.ts';
import { measureAnswers } from './measure-answers.ts';

export { type Context, type ContextOptions, createContext } from './context.ts';

/** The whole schema. */
export const schema = measureAnswers(builder.toSchema({ directives: [...specifiedDirectives, citeDirective] }));
