import { type Ask, dataOf, QuestionFailed } from '../../graphql/internal-client/ask.ts';
import { kindsOfEntities } from '../../graphql/internal-client/entity-kinds.ts';
import { isObject, type JsonObject } from '../../graphql/internal-client/json.ts';
import { type Asked, rootQuestion } from '../../graphql/internal-client/root-question.ts';
import { escapeMarkup } from '../../ontology/escape-markup.ts';
import type { Ontology } from '../../ontology/ontology.ts';
import type { Kind } from '../../ontology/vocabulary.ts';
import { nameOf, typeNamed } from './properties.ts';
import { ReconciliationRefused } from './reconciliation-query.ts';

/** The properties that describe an entity in a few words: its description, other names, and what its search is about. */
const describingProperties = (ontology: Ontology, kind: Kind) =>
  Object.entries(ontology.propertiesOf(kind))
    .filter(
      ([name, { type, list, searched }]) =>
        type === 'text' &&
        (list ? searched === 'otherName' : searched !== undefined || name === 'description') &&
        name !== 'name',
    )
    .map(([name]) => name);

/** A few words on an entity, as a fragment of HTML. @throws QuestionFailed if it is missing */
export async function entityHtml(asked: Asked, ask: Ask, slug: string): Promise<string> {
  const { ontology } = asked;
  const kinds = await kindsOfEntities([slug], { ontology, ask });
  const kind = kinds.get(slug) ?? '';
  const texts = describingProperties(ontology, kind);
  const single = [...ontology.relationFieldsOf(kind).values()].filter(({ toOne }) => toOne).map(({ name }) => name);
  const { singular } = ontology.kind(kind);
  const fields = ['name', ...texts, ...single.map((name) => `${name} { name }`)].join(' ');
  const question = rootQuestion(asked, singular, { slug }, `{ ${fields} }`);
  const data = dataOf(await ask(question, { isOwnDocument: true }));
  const entity = data[singular] as JsonObject | null;
  if (!entity) throw new QuestionFailed('BAD_USER_INPUT', `There is no entity ${slug}.`);
  const lines = [...texts, ...single].flatMap((name) => {
    const value = entity[name];
    const text = [isObject(value) ? value.name : (value ?? [])].flat().map(String).join('; ');
    const label = name === 'description' ? '' : `${nameOf(name)}: `;
    return text === '' ? [] : [`<p>${escapeMarkup(label + text)}</p>`];
  });
  return `<p><strong>${escapeMarkup(String(entity.name))}</strong> (${escapeMarkup(typeNamed(ontology, kind).name)}, ${escapeMarkup(slug)})</p>${lines.join('')}`;
}

/** The same on a property or a type. @throws ReconciliationRefused if it is missing */
export function namedHtml(
  items: readonly { readonly id: string; readonly name: string; readonly description: string }[],
  id: string,
): string {
  const found = items.find((item) => item.id === id);
  if (!found) throw new ReconciliationRefused(`There is no ${id}.`);
  return `<p><strong>${escapeMarkup(found.name)}</strong> (${escapeMarkup(found.id)})</p><p>${escapeMarkup(found.description)}</p>`;
}

/** A page of its own for a fragment. */
export const previewPage = (title: string, body: string): string =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${escapeMarkup(title)}</title></head><body>${body}</body></html>`;
