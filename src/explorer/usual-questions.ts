import { pascalCase } from '../ontology/letter-case.ts';
import type { Ontology, RelationField } from '../ontology/ontology.ts';
import type { Kind } from '../ontology/vocabulary.ts';
import { type Part, queryText } from './query-text.ts';
import { FEW, listed, mainKinds } from './traits.ts';

/** A relation of an entity in a question, with its sources; `undefined` if these cannot be read there. */
function relationPart({ provenance }: Ontology, { name, toOne, properties }: RelationField): Part | undefined {
  const sources: readonly Part[] = provenance ? ['ownSources', ['sources', ['...SourceCard']]] : [];
  const edge: readonly Part[] = [...Object.keys(properties), ...sources, ['node', ['...Card']]];
  if (!toOne) return [`${name}(first: 10)`, [['edges', edge]]];
  if (Object.keys(properties).length > 0) return [`${name}Edge`, edge];
  return provenance ? undefined : [name, ['...Card']];
}

/** What a question shows beside entities of a kind: `with their authors and publishers`. */
function relatedInWords({ kind }: Ontology, name: Kind, fields: readonly RelationField[]): string {
  const far = [...new Set(fields.map(({ target }) => target))].filter((target) => target !== name);
  if (far.length === 0) return 'and how are they related';
  const names = far.map((target) => (target === 'Entity' ? 'entities' : kind(target).many));
  return `with their ${listed(names.length > FEW ? [...names.slice(0, FEW), 'more'] : names, 'and')}`;
}

/** Questions of a graph that has none of its own: each kind with what its relations lead to. */
export function usualQuestions(ontology: Ontology): readonly { title: string; name: string; query: string }[] {
  const { provenance, kind, relationFieldsOf } = ontology;
  return mainKinds(ontology).flatMap((name) => {
    const fields = [...relationFieldsOf(name).values()].filter(
      ({ relation, reading }) => relation !== provenance?.relation && reading !== 'BACKWARD',
    );
    const related = fields.map((field) => relationPart(ontology, field)).filter((part) => part !== undefined);
    const { plural, many } = kind(name);
    if (related.length === 0) return [];
    const title = `Which ${many} are there, ${relatedInWords(ontology, name, fields)}?`;
    const entities: Part = [`${plural}(first: 50)`, [['nodes', ['...Card', ...related]]]];
    return [{ title, name: plural, query: queryText(title, `query ${pascalCase(plural)}`, [entities]) }];
  });
}
