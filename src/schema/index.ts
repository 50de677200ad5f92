import './scalars.ts';
import './enumerations.ts';
import './entities.ts';
import './relations.ts';
import './root.ts';
import './changes.ts';
import './compare.ts';
import './country.ts';
import './gaps.ts';
import './groups.ts';
import './match.ts';
import './mutations.ts';
import './neighborhood.ts';
import './ontology.ts';
import './paths.ts';
import './revisions.ts';
import './search.ts';
import './similar.ts';
import './suggest.ts';
import { specifiedDirectives } from 'graphql';
import { builder } from './builder.ts';
import { citeDirective } from './cite.ts';
import { measureAnswers } from './measure-answers.ts';

export { type Context, type ContextOptions, createContext } from './context.ts';

/** The whole schema. */
export const schema = measureAnswers(builder.toSchema({ directives: [...specifiedDirectives, citeDirective] }));
