import { describe, expect, it } from 'vitest';
import { cooperation } from '../../../src/cooperation/ontology.ts';
import { CannotHide, narrowOntology } from '../../../src/ontology/narrowing/narrow-ontology.ts';
import { bookshop } from '../../setup/bookshop.ts';

const faultsOf = (hidden: readonly string[]): readonly string[] => {
  try {
    narrowOntology(cooperation, hidden);
  } catch (error) {
    if (error instanceof CannotHide) return error.faults;
    throw error;
  }
  return [];
};

describe('narrowOntology', () => {
  it('is the ontology that somebody would write who never heard of what is hidden', () => {
    const { definition } = narrowOntology(bookshop.ontology, ['PublishingHouse', 'Book.form', 'Author.born']);
    const { kinds, relations, enumerations, ...others } = bookshop.ontology.definition;
    const { Author, Book } = kinds as Record<string, (typeof kinds)[string]>;
    const without = (properties: object, name: string) =>
      Object.fromEntries(Object.entries(properties).filter(([each]) => each !== name));
    expect(definition).toEqual({
      ...others,
      enumerations: {},
      kinds: {
        Author: { ...Author, properties: without(Author?.properties ?? {}, 'born') },
        Book: { ...Book, properties: without(Book?.properties ?? {}, 'form') },
      },
      relations: { WRITTEN_BY: relations.WRITTEN_BY },
    });
    expect(enumerations).toHaveProperty('BookForm');
  });

  it('knows what it is a part of, and leaves that as it is', () => {
    const narrowed = narrowOntology(cooperation, ['Lab']);
    expect(narrowed.partOf).toBe(cooperation);
    expect(cooperation.partOf).toBeNull();
    expect(cooperation.kindNames).toContain('Lab');
    expect(narrowOntology(cooperation, []).definition.kinds).toEqual(cooperation.definition.kinds);
  });

  it('lets nothing follow from what is hidden', () => {
    const propertiesOf = (hidden: string[]) => narrowOntology(cooperation, hidden).propertiesOf('Platform');
    expect(propertiesOf([]).foundedYear).toMatchObject({ followsFrom: 'foundedDate' });
    expect(propertiesOf(['Platform.foundedDate']).foundedYear).not.toHaveProperty('followsFrom');
  });

  it('compares a number as stated where it is hidden how precise that is, which a filter would tell', () => {
    const figures = (...hidden: string[]) => narrowOntology(cooperation, hidden).propertyOf('Indicator', 'value');
    expect(figures()).toHaveProperty('qualified');
    expect(figures('Indicator.qualifier')).not.toHaveProperty('qualified');
    expect(figures('Indicator.unit')).not.toHaveProperty('qualified');
  });

  it('leaves the labels of what every kind has by a trait, such as its identifiers', () => {
    const labelsOf = (hidden: string[]) => narrowOntology(cooperation, hidden).labels['zh-Hans'];
    const { properties, propertyDescriptions } = labelsOf(['Entity.notes']) ?? {};
    const traits = { identifiers: expect.any(String), locations: expect.any(String) };
    expect(properties).toMatchObject(traits);
    expect(propertyDescriptions).toMatchObject(traits);
    expect(labelsOf(['Entity.identifiers'])?.properties).not.toHaveProperty('identifiers');
  });

  it('leaves out sources, citations, totals, labels and terms with what they are about', () => {
    const withoutSources = narrowOntology(cooperation, ['Source']);
    expect(withoutSources.provenance).toBeNull();
    expect(withoutSources.isRelationType('CITES')).toBe(false);
    const { provenance, publishedTotals, labels, linkedData } = narrowOntology(cooperation, [
      ...['Source.publisher', 'Source.reliability', 'Lab.designation', 'Country', 'PART_OF', 'Entity.identifiers'],
    ]);
    expect(provenance?.citation).not.toHaveProperty('publisher');
    expect(provenance).not.toHaveProperty('reliability');
    expect(provenance?.facts?.supported).toMatchObject({ CODES: [], LAUNCHED: ['launched', 'launchedYear'] });
    expect(publishedTotals?.totals.map(({ kind }) => kind)).not.toContain('Country');
    expect(JSON.stringify(publishedTotals ?? {})).not.toContain('designation');
    expect(Object.keys(labels['zh-Hans']?.kinds ?? {})).not.toContain('Country');
    expect(linkedData?.relations).not.toHaveProperty('PART_OF');
    expect(narrowOntology(cooperation, ['Entity.identifiers']).identification).toBeNull();
  });

  it('has no sentence that names a hidden part', () => {
    const { kind, relation } = narrowOntology(cooperation, ['SEATED_IN', 'CITES.supports', 'CountryGroup.membership']);
    expect(relation('SERVES').backwardDescription).toBe('Platforms that serve the country.');
    expect(relation('CITES').forwardDescription).toBe('Sources that the entity cites.');
    expect(JSON.stringify(kind('CountryGroup'))).not.toContain('`membership`');
    expect(cooperation.relation('SERVES').backwardDescription).toContain('`seatedPlatforms`');
  });

  it('says of all that it cannot hide why', () => {
    expect(
      faultsOf([
        'Labs',
        'Lab.nothing',
        'Entity.name',
        'Entity.nothing',
        'Country.code',
        'Lab.notes',
        'HOSTED_BY.x',
        'a.b.c',
      ]),
    ).toHaveLength(8);
    expect(faultsOf(['Lab.notes'])).toEqual([
      'Every kind has notes, so it is hidden from all of them at once: Entity.notes.',
    ]);
    expect(faultsOf([...cooperation.kindNames])).toEqual(['At least one kind must be left.']);
    expect(faultsOf([...cooperation.relationTypes])).toEqual(['At least one relation must be left.']);
    expect(faultsOf(cooperation.kindNames.slice(1))).toEqual(['At least one relation must be left.']);
  });
});
