import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll } from 'vitest';
import { cooperation } from '../../src/cooperation/ontology.ts';
import { importFiles } from '../../src/doors/data/import/import-files.ts';
import type { Viewer } from '../../src/engine/access/viewer.ts';
import type { Address } from '../../src/engine/database/address.ts';
import { openDriver } from '../../src/engine/database/open-driver.ts';
import { createGraph } from '../../src/engine/graph/graph.ts';
import { writeData } from '../doors/data/data-folder.ts';
import { smallData } from '../doors/data/small-data.ts';
import { oneMutation } from './one-mutation.ts';
import { ownDatabase } from './own-database.ts';
import { schema } from './served.ts';
import { type Silkgraph, silkgraph } from './silkgraph.ts';

export interface OwnSilkgraph {
  readonly server: Silkgraph;
  /** Where its graph is, for further servers over it. */
  readonly address: () => Address;
  /** `createLab` stands for `create` of a `lab`, as `oneMutation` reads it. The payload of a mutation that is no GraphQL error: what is selected, with `outcome` and errors but for transactions. */
  // biome-ignore lint/suspicious/noExplicitAny: a test looks into answers whose shape its own question gives.
  mutate(name: string, input: Record<string, unknown>, selection?: string): Promise<any>;
}

export const editor: Viewer = { name: 'test', role: 'editor' };

/** Gives a test file the server over a little graph of its own, that it may write to as an editor. */
export function ownSilkgraph(viewer: Viewer = editor): OwnSilkgraph {
  const address = ownDatabase();
  beforeAll(async () => {
    const driver = openDriver(address());
    const folder = mkdtempSync(join(tmpdir(), 'silkgraph-data-'));
    try {
      writeData(folder, smallData);
      await importFiles(createGraph(driver, cooperation, address()), [folder]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
      await driver.close();
    }
  });
  const server = silkgraph({ address, content: 'small data', viewer });
  return {
    server,
    address,
    async mutate(name, input, selection = '') {
      const one = oneMutation(name, input);
      const [argument] = schema.getMutationType()?.getFields()[one.field]?.args ?? [];
      const question = `mutation ($input: ${argument?.type}) {
        payload: ${one.field}(input: $input) { errors { code path message } ${name === 'transaction' ? '' : 'outcome'} ${selection} }
      }`;
      const { payload } = await server.data(question, { input: one.input });
      return payload;
    },
  };
}
