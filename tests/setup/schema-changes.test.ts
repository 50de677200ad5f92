import { describe, expect, it } from 'vitest';
import { schemaChanges } from './schema-changes.ts';

const released = `
  type Query { lab(slug: String!): Lab }
  type Lab { name: String! batch: Int status: LabStatus }
  enum LabStatus { OPERATING }
`;
const withoutBatch = released.replace('batch: Int', '');

describe('schemaChanges', () => {
  it('says nothing of additions', async () => {
    const added = released.replace('batch: Int', 'batch: Int city: String');
    expect(await schemaChanges(released, added, '')).toEqual({ refused: [], listed: [], dangerous: [] });
  });

  it('refuses a breaking change that nobody announced', async () => {
    expect(await schemaChanges(released, withoutBatch, '# Changelog\n')).toEqual({
      refused: ["Lab.batch: Field 'batch' was removed from object type 'Lab'"],
      listed: [],
      dangerous: [],
    });
  });

  it.each(['- BREAKING Lab.batch: read `batches`.', '- BREAKING `Lab.batch`: read `batches`.'])(
    'accepts a breaking change that is listed by its path (%s)',
    async (line) => {
      const changelog = `# Changelog\n\n## Unreleased\n\n- New: more labs.\n${line}\n\n## 1.0.0\n`;
      const { refused, listed } = await schemaChanges(released, withoutBatch, changelog);
      expect(refused).toEqual([]);
      expect(listed).toHaveLength(1);
    },
  );

  it('does not accept what is listed for an earlier release, or under another path', async () => {
    const changelog =
      '## Unreleased\n- BREAKING Lab.name: gone.\n- Lab.batch is old.\n\n## 1.0.0\n- BREAKING Lab.batch: gone.\n';
    expect((await schemaChanges(released, withoutBatch, changelog)).refused).toHaveLength(1);
  });

  it('lists dangerous changes without refusing them', async () => {
    const changed = released.replace('OPERATING', 'OPERATING PLANNED');
    const { refused, dangerous } = await schemaChanges(released, changed, '');
    expect(refused).toEqual([]);
    expect(dangerous).toEqual([expect.stringContaining('LabStatus.PLANNED')]);
  });
});
