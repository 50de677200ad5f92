import { describe, expect, it } from 'vitest';
import { cooperation } from '../../../src/cooperation/ontology.ts';
import { termsOf } from '../../../src/doors/linked-data/terms.ts';
import { createVocabulary } from '../../../src/doors/linked-data/vocabulary.ts';

const vocabulary = createVocabulary({ ...cooperation, language: 'fr' }, 'https://data.example.org');
const comments = new Map(
  termsOf(vocabulary)
    .filter(({ predicate }) => predicate === vocabulary.full('rdfs:comment'))
    .map(({ subject, object }) => [subject, 'language' in object && object.language]),
);

describe('the vocabulary of a graph', () => {
  it.each(['Lab', 'status', 'LabStatus.ESTABLISHED'])('is in the language of the ontology: %s', (name) => {
    expect(comments.get(vocabulary.own(name))).toBe('fr');
  });

  it.each(['slug', 'Milestone', 'match', 'IdentifierMatch.EXACT'])(
    'is in English where every graph has the same: %s',
    (name) => {
      expect(comments.get(vocabulary.own(name))).toBe('en');
    },
  );
});
