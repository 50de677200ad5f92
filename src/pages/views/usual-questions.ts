import { pascalCase } from '../../ontology/letter-case.ts';
import type { Ontology, RelationField } from '../../ontology/ontology.ts';
import type { Kind } from '../../ontology/vocabulary.ts';
import { type Wording, wordingOf } from '../../ontology/wording.ts';
import { type Part, queryText } from './query-text.ts';
import { type Texts, textsOf } from './texts.ts';
import { FEW, listed, mainKinds } from './traits.ts';

/** A relation of an entity in a question, with its sources; `undefined` if these cannot be read there. */
function relationPart({ provenance }: Ontology, { name, toOne, properties }: RelationField): Part | undefined {
  const sources: readonly Part[] = provenance ? ['ownSources', ['sources', ['...SourceCard']]] : [];
  const edge: readonly Part[] = [...Object.keys(properties), ...sources, ['node', ['...Card']]];
  if (!toOne) return [`${name}(first: 10)`, [['edges', edge]]];
  if (Object.keys(properties).length > 0) return [`${name}Edge`, edge];
  return provenance ? undefined : [name, ['...Card']];
}

/** What a question asks of a kind: `Which books are there, with their authors and publishers?` */
function titleOf(name: Kind, fields: readonly RelationField[], wording: Wording, say: Texts): string {
  const many = wording.many(name);
  const far = [...new Set(fields.map(({ target }) => target))].filter((target) => target !== name);
  if (far.length === 0) return say('Which {many} are there, and how are they related?', { many });
  const names = far.map((target) => (target === 'Entity' ? say('entities') : wording.many(target)));
  const others = listed(names.length > FEW ? [...names.slice(0, FEW), say('more')] : names, say('and'));
  return say('Which {many} are there, with their {others}?', { many, others });
}

/** Questions of a graph that has none of its own: each kind with what its relations lead to. The queries are English. */
export function usualQuestions(
  ontology: Ontology,
  wording = wordingOf(ontology, 'en'),
  say = textsOf({}, 'en'),
): readonly { title: string; name: string; query: string }[] {
  const { provenance, kind, relationFieldsOf } = ontology;
  return mainKinds(ontology).flatMap((name) => {
    const fields = [...relationFieldsOf(name).values()].filter(
      ({ relation, reading }) => relation !== provenance?.relation && reading !== 'BACKWARD',
    );
    const related = fields.map((field) => relationPart(ontology, field)).filter((part) => part !== undefined);
    const { plural } = kind(name);
    if (related.length === 0) return [];
    const title = titleOf(name, fields, wording, say);
    const entities: Part = [`${plural}(first: 50)`, [['nodes', ['...Card', ...related]]]];
    return [{ title, name: plural, query: queryText(title, `query ${pascalCase(plural)}`, [entities]) }];
  });
}
