import {
  activeIn,
  art,
  artists,
  artworks,
  associated,
  birthplace,
  bornIn,
  diedIn,
  madeBy,
  madeOf,
  numberOf,
  ofClass,
  ofMovement,
  showing,
  within,
  women,
  workCount,
} from './art-facts.ts';
import { ask, both, entities, except, most, number, text } from './cooperation-facts.ts';
import type { EvaluatedQuestion } from './facts.ts';

const { those, from, to, record, leads } = art;

const en = (of: string) => ask('en', of);

const grouped = (slugs: readonly string[], keysOf: (slug: string) => readonly (string | undefined)[]) => {
  const groups: Record<string, number> = {};
  for (const slug of slugs) {
    for (const key of new Set(keysOf(slug))) if (key !== undefined) groups[key] = (groups[key] ?? 0) + 1;
  }
  return { groups };
};

const between = (value: unknown, first: number, last: number) =>
  typeof value === 'number' && value >= first && value <= last;

const uncertain = artworks((one) => one.dating === 'APPROXIMATE');

/** Questions about the second graph. Its data and its words are English. */
export const artQuestions: readonly EvaluatedQuestion[] = [
  en('name')('Ben Nicholson', entities(['ben-nicholson-om'])),
  en('name')('Surrealism', entities(['surrealism'])),
  en('name')('where was Naum Gabo born?', entities(birthplace('naum-gabo'))),
  en('name')('when was Francis Bacon born?', { value: numberOf('francis-bacon', 'bornYear') }),
  en('name')('In which year did Mark Rothko die?', { value: numberOf('mark-rothko', 'diedYear') }),

  en('maker')('paintings by Pablo Picasso', entities(both(madeBy(['pablo-picasso']), ofClass('PAINTING')))),
  en('maker')('works by Dame Barbara Hepworth', entities(madeBy(['dame-barbara-hepworth']))),
  en('maker')('What did William Hogarth make?', entities(madeBy(['william-hogarth']))),
  en('maker')('sculptures by women', entities(both(madeBy(women), ofClass('SCULPTURE')))),
  en('maker')(
    'who worked together with Pierre Jeanneret?',
    entities(to('COLLABORATED_WITH', 'pierre-jeanneret').concat(from('COLLABORATED_WITH', 'pierre-jeanneret'))),
  ),
  en('maker')(
    'artworks attributed to an artist',
    entities(
      artworks(({ id }) => art.edgesFrom('MADE_BY', id).some(({ properties }) => properties?.role === 'ATTRIBUTED_TO')),
    ),
  ),

  en('movement')('Cubist artists', entities(associated('cubism'))),
  en('movement')('artists of the Bloomsbury Group', entities(associated('bloomsbury-group'))),
  en('movement')('Vorticism works', entities(ofMovement('vorticism'))),
  en('movement')('Pop Art prints', entities(both(ofMovement('pop-art'), ofClass('PRINT')))),
  en('movement')('movements of the 18th century', entities(from('FLOURISHED_IN', '18th-century'))),
  en('movement')('female Surrealism artists', entities(both(associated('surrealism'), women))),

  en('place')('artists born in London', entities(bornIn('london'))),
  en('place')('artists born in France', entities(bornIn('france'))),
  en('place')('Which painters died in Paris?', entities(diedIn('paris'))),
  en('place')('artists who worked in England', entities(activeIn('england'))),
  en('place')('artworks by artists born in Germany', entities(madeBy(bornIn('germany')))),
  en('place')(
    'cities in Italy',
    entities(
      within('italy')
        .slice(1)
        .filter((one) => ['INHABITED_PLACE', 'CITY'].includes(String(record(one).type))),
    ),
  ),

  en('subject')(
    'paintings of dogs',
    entities(
      both(
        ofClass('PAINTING'),
        artworks(({ id }) => to('DEPICTS', id).some((one) => /\bdog\b/i.test(record(one).name))),
      ),
    ),
  ),
  en('subject')('artworks that show a horse', entities(showing('horse'))),
  en('subject')('pictures of mammals', entities(showing('animals-mammals'))),
  en('subject')('sculptures of women', entities(both(ofClass('SCULPTURE'), showing('woman')))),
  en('subject')('self-portraits', entities(showing('self-portraits'))),
  en('subject')('works about World War II', entities(showing('military-world-war-ii'))),

  en('medium')('works on canvas', entities(madeOf('canvas'))),
  en('medium')('bronze sculptures', entities(both(madeOf('bronze'), ofClass('SCULPTURE')))),
  en('medium')('oil paintings', entities(both(madeOf('oil-paint'), ofClass('PAINTING')))),
  en('medium')(
    'artists who made etchings',
    entities(artists(({ id }) => madeBy([id]).some((work) => madeOf('etching').includes(work)))),
  ),

  en('negation')('artists without a birthplace', entities(artists(({ id }) => birthplace(id).length === 0))),
  en('negation')('sculptures not made of bronze', entities(except(ofClass('SCULPTURE'), madeOf('bronze')))),
  en('negation')(
    'movements with no artists',
    entities(those('Movement', ({ id }) => from('ASSOCIATED_WITH', id).length === 0)),
  ),

  en('status')('artworks with an uncertain date', entities(uncertain)),
  en('status')('works that were bequeathed', entities(artworks((one) => one.acquisition === 'BEQUEATHED'))),
  en('status')(
    'purchased installations',
    entities(
      both(
        ofClass('INSTALLATION'),
        artworks((one) => one.acquisition === 'PURCHASED'),
      ),
    ),
  ),

  en('year')('artists born before 1700', entities(artists((one) => between(one.bornYear, 0, 1699)))),
  en('year')('works made between 1914 and 1918', entities(artworks((one) => between(one.year, 1914, 1918)))),
  en('year')(
    'paintings acquired since 2000',
    entities(
      both(
        ofClass('PAINTING'),
        artworks((one) => between(one.acquisitionYear, 2000, 3000)),
      ),
    ),
  ),
  en('year')('artists who died in 1943', entities(artists((one) => one.diedYear === 1943))),

  en('count')('how many female artists are there?', number(women.length)),
  en('count')('how many prints', number(ofClass('PRINT').length)),
  en('count')('How many artists were born in the United Kingdom?', number(bornIn('united-kingdom').length)),
  en('groups')(
    'artworks by classification',
    grouped(artworks(), (one) => [text(record(one).classification)]),
  ),
  en('groups')(
    'how many movements per era',
    grouped(those('Movement'), (one) => to('FLOURISHED_IN', one)),
  ),

  en('rank')('which artist has the most artworks?', { first: most(artists(), workCount) }),
  en('rank')('oldest painting', { first: most(ofClass('PAINTING'), (one) => -(numberOf(one, 'year') ?? 9999)) }),
  en('number')('artworks by more than one artist', entities(artworks(({ id }) => to('MADE_BY', id).length > 1))),
  en('number')(
    'movements with at least five artists',
    entities(those('Movement', ({ id }) => from('ASSOCIATED_WITH', id).length >= 5)),
  ),
  en('number')(
    'paintings wider than 3000 mm',
    entities(
      both(
        ofClass('PAINTING'),
        artworks((one) => Number(one.widthMm ?? 0) > 3000),
      ),
    ),
  ),
  en('connection')('how is Duncan Grant connected with Vanessa Bell?', { paths: ['duncan-grant', 'vanessa-bell'] }),
  en('connection')('compare Vorticism and Cubism', { compared: ['vorticism', 'cubism'] }),
  en('movement')(
    'artists of Pop Art born in the United States',
    entities(
      both(
        associated('pop-art'),
        artists(({ id }) => leads('BORN_IN', id, within('united-states'))),
      ),
    ),
  ),
];
