import { describe, expect, it } from 'vitest';
import { applyOperations } from '../../../src/engine/changes/apply/apply-operations.ts';
import { ownSilkgraph } from '../../setup/own-silkgraph.ts';

const { server, mutate } = ownSilkgraph({ name: 'desk', role: 'editor', writes: ['Lab', 'Area'] });

const lab = { name: 'A lab', designation: 'PLANNED', inScope: false, status: 'AGREED', confidence: 'LOW' };

/** Why a mutation is refused as a whole. */
async function refusal(mutation: string): Promise<string> {
  const { errors } = await server.ask(`mutation { ${mutation} }`);
  expect(errors?.[0]?.extensions?.code, errors?.[0]?.message).toBe('FORBIDDEN');
  return errors?.[0]?.message ?? '';
}

describe('a key for some kinds', () => {
  it('writes entities of these kinds, and relations that start at them', async () => {
    expect(await mutate('createLab', { slug: 'lab-new', ...lab })).toMatchObject({ errors: [], outcome: 'CREATED' });
    expect(await mutate('linkPartnersWith', { from: 'lab-new', to: 'ci' })).toMatchObject({ errors: [] });
    // A relation that may start at any kind: at an entity that there is, and at one of the same transaction.
    expect(await mutate('linkCites', { from: 'lab-one', to: 'source-b', supports: ['RECORD'] })).toMatchObject({
      errors: [],
    });
    const operations = [
      { create: { lab: { slug: 'lab-other', ...lab } } },
      { link: { cites: { from: 'lab-other', to: 'source-b', supports: ['RECORD'] } } },
    ];
    expect(await mutate('transaction', { operations })).toMatchObject({ errors: [] });
    expect(await mutate('deleteLab', { id: 'lab-two' })).toMatchObject({ errors: [{ code: expect.any(String) }] });
  });

  it('writes no other kinds, nor relations that start at them', async () => {
    expect(await refusal('update(input: { entity: { country: { id: "cn", name: "C" } } }) { outcome }')).toBe(
      'Your key may write only these kinds: Lab, Area. This changes a country.',
    );
    expect(
      await refusal(
        'link(input: { relation: { basedIn: { from: "university", to: "cn", basis: NAME } } }) { outcome }',
      ),
    ).toContain('BASED_IN starts at an institution');
    expect(
      await refusal(
        'link(input: { relation: { cites: { from: "university", to: "source-a", supports: [RECORD] } } }) { outcome }',
      ),
    ).toContain('CITES starts at an institution');
    expect(
      await refusal('delete(input: { entity: { kind: LAB, id: "lab-one", detach: true } }) { outcome }'),
    ).toContain('`detach`');
    expect(
      await refusal(
        'transaction(input: { operations: [{ update: { lab: { id: "lab-one", name: "L" } } }, { delete: { kind: SOURCE, id: "source-a" } }] }) { errors { code } }',
      ),
    ).toContain('This changes a source.');
    const { lab: unchanged, country } = await server.data(
      '{ lab(slug: "lab-one") { name } country(slug: "cn") { name } }',
    );
    expect([unchanged.name, country.name]).toEqual(['One', 'China']);
  });

  it('reverts no change to other kinds', async () => {
    const change = (name: string) =>
      applyOperations(server.graph, {
        operations: [{ action: 'UPDATE', kind: 'Country', slug: 'cn', properties: { name } }],
        author: 'somebody else',
      });
    const { changes } = await change('Middle Kingdom');
    expect(
      await refusal(`revertChanges(input: { transaction: "${changes[0]?.transaction}" }) { errors { code } }`),
    ).toContain('This changes a country.');
    expect((await server.data('{ country(slug: "cn") { name } }')).country.name).toBe('Middle Kingdom');
    await change('China');
  });

  it('gets the usual error for an entity that does not exist', async () => {
    expect((await mutate('linkCites', { from: 'nowhere', to: 'source-a', supports: ['RECORD'] })).errors).toHaveLength(
      1,
    );
  });
});
