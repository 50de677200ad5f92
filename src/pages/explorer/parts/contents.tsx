import { capitalized, counted, numberInWords } from '../../drawing/words.ts';
import { ontologyResource } from '../api/ontology.ts';
import { addressOfList, shownPages } from '../navigation/address.ts';
import { addressOfPage } from '../navigation/navigation.ts';
import { queryNamed, settingsOf } from '../settings/known.ts';
import { say } from '../settings/say.tsx';
import { Await, Glyph, GraphiqlLink, WithCode } from './parts.tsx';

/** Name of one or several entities of a kind, not shortened. */
function fullName(kind: string, count: number): string {
  const { fullOne, full } = settingsOf(kind) ?? { fullOne: kind, full: kind };
  return count === 1 ? fullOne : full;
}

/** The kinds of the graph, each a link to its list. */
export function Contents() {
  return (
    <Await resource={ontologyResource()} what={say('the contents')}>
      {({ kinds, relations }) => (
        <>
          <ul class="kinds">
            {kinds.map(({ kind, description, count }) => (
              <li key={kind}>
                <Glyph kind={kind} size={18} />
                <a href={addressOfList(settingsOf(kind)?.list.field ?? '')}>
                  <span class="count">{numberInWords(count)}</span>{' '}
                  <span class="kind">{capitalized(fullName(kind, count))}</span>
                </a>
                <p>
                  <WithCode text={settingsOf(kind)?.description ?? description} />
                </p>
              </li>
            ))}
          </ul>
          <p class="hint">
            {say('Connected by {relations} of {types}.', {
              relations: counted(
                relations.reduce((sum, { count }) => sum + count, 0),
                'relation',
              ),
              types: counted(relations.length, 'type'),
            })}{' '}
            {shownPages().includes('about') && <a href={addressOfPage('about')}>{say('How reliable is the data?')}</a>}
          </p>
          <GraphiqlLink asked={{ query: queryNamed('ontology') }} />
        </>
      )}
    </Await>
  );
}
