import type { Card } from '../../drawing/answers.ts';
import { capitalized, inLine, numberInWords } from '../../drawing/words.ts';
import type { GroupKeySettings } from '../../views/settings.ts';
import { arrived } from '../api/resource.ts';
import { listedKind } from '../list/selection.ts';
import { addressOfList } from '../navigation/address.ts';
import { EntityLink } from '../panels/relation-list.tsx';
import { Await, nameOf } from '../parts/parts.tsx';
import { say } from '../settings/say.tsx';
import { countedRelations, firstKind, groupsOf } from './groups.ts';
import { sharedIn } from './shared-by-some.ts';

/** Most entities of a relation that are listed. */
const MOST_LISTED = 12;

interface SharedItemProps {
  readonly entity: Card;
  readonly entities: readonly Card[];
  /** Slugs of those that share it. */
  readonly by: readonly string[];
  /** Address of the list of what leads from them to it. */
  readonly list?: string | undefined;
}

/** What several of the compared entities share, with which of them. */
export function SharedItem({ entity, entities, by, list }: SharedItemProps) {
  const words = say('{count} of {total}: {names}', {
    count: numberInWords(by.length),
    total: numberInWords(entities.length),
    names: inLine(entities.filter(({ slug }) => by.includes(slug)).map(nameOf)),
  });
  return (
    <li>
      <EntityLink entity={entity} /> {list ? <a href={list}>{words}</a> : <span class="hint">{words}</span>}
    </li>
  );
}

/** The relation from the first kind to that of the compared entities, and those by which its list is narrowed. */
function waysFrom(entities: readonly Card[]) {
  const of = listedKind(firstKind());
  const [kind, ...others] = new Set(entities.map(({ __typename }) => __typename));
  if (!of || others.length > 0) return undefined;
  const narrowing = of.kind.list.facets.filter(({ type }) => type === 'entity').map(({ name }) => name);
  const relations = countedRelations(of).filter(({ name }) => narrowing.includes(name));
  const isToCompared = ({ name }: GroupKeySettings) => of.kind.fields[name]?.target === kind;
  const from = relations.find(isToCompared);
  return from && { of, from, to: relations.filter((relation) => !isToCompared(relation)) };
}

/** What is asked for to find what the laboratories of the compared countries share; `undefined` if that has no meaning. */
function partsOf(entities: readonly Card[]) {
  const ways = waysFrom(entities);
  if (!ways) return undefined;
  const { of, from, to } = ways;
  const where = entities.map(({ slug }) => ({ facet: from.name, value: slug }));
  const parts = to.map((key) => ({ key, resource: groupsOf({ of, where, keys: [from, key], distinct: undefined }) }));
  return { kind: of.kind, where, parts };
}

/** What `SharedThrough` shows, for a table: as far as it has arrived. */
export const sharedThrough = (entities: readonly Card[]) => {
  const { kind, parts = [] } = partsOf(entities) ?? {};
  return parts.map(({ key, resource }) => ({
    title: `${capitalized(kind?.full ?? '')}: ${key.title}`,
    shared: sharedIn(arrived(resource)?.groups ?? [], entities),
  }));
};

/** What the laboratories of the compared countries share, two relations away: their areas, their institutions. */
export function SharedThrough({ entities }: { readonly entities: readonly Card[] }) {
  const found = partsOf(entities);
  if (!found) return null;
  const { where, parts } = found;
  const { full: kinds, list } = found.kind;
  const isNothing = parts.every(({ resource }) => {
    const found = arrived(resource);
    return found && sharedIn(found.groups, entities).length === 0;
  });
  return (
    <section>
      <h2>{say('What their {kinds} share', { kinds })}</h2>
      {isNothing && <p class="empty">{say('Their {kinds} share nothing that is recorded.', { kinds })}</p>}
      {parts.map(({ key: { name, title }, resource }) => (
        <Await key={name} resource={resource} what={say('what their {kinds} share', { kinds })}>
          {({ groups }) => {
            const shared = sharedIn(groups, entities);
            return (
              shared.length > 0 && (
                <div class="shared-by">
                  <h3>{title}</h3>
                  <ul>
                    {shared.slice(0, MOST_LISTED).map(({ entity, by }) => (
                      <SharedItem
                        key={entity.slug}
                        {...{ entity, entities, by }}
                        list={addressOfList(list.field, [
                          ...where.filter(({ value }) => by.includes(value)),
                          { facet: name, value: entity.slug },
                        ])}
                      />
                    ))}
                  </ul>
                  {shared.length > MOST_LISTED && (
                    <p class="hint">{say('{count} more', { count: numberInWords(shared.length - MOST_LISTED) })}</p>
                  )}
                </div>
              )
            );
          }}
        </Await>
      ))}
    </section>
  );
}
