import './scalars.ts';
import './enumerations.ts';
import './entities.ts';
import './relations.ts';
import './root.ts';
import './country.ts';
import './gaps.ts';
import './groups.ts';
import './match.ts';
import './neighborhood.ts';
import './ontology.ts';
import './paths.ts';
import './search.ts';
import './suggest.ts';
import { builder } from './builder.ts';

export { type Context, type ContextOptions, createContext } from './context.ts';

/** The whole schema. */
export const schema = builder.toSchema();
