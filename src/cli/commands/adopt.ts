import { InvalidArgumentError } from 'commander';
import { openDriver } from '../../engine/database/open-driver.ts';
import { verifyDatabase } from '../../engine/database/verify-database.ts';
import type { Ontology } from '../../ontology/ontology.ts';
import { adopt } from '../adoption/migration/adopt.ts';
import type { NameProperties } from '../adoption/migration/adopted-record.ts';
import { describePlan, writesOf } from '../adoption/migration/adoption-plan.ts';
import { findDatabase } from '../managed-database/find-database.ts';
import { graphOption } from './session/graph-option.ts';
import type { Session } from './session/session.ts';
import { unlessStopped } from './session/unless-stopped.ts';

export interface AdoptFlags {
  readonly yes?: boolean;
  /** Choices such as `Movie=title`. */
  readonly name?: readonly string[];
}

function readNames(choices: readonly string[], { isKind }: Ontology): NameProperties {
  return Object.fromEntries(
    choices.map((choice) => {
      const [, kind = '', property = ''] = /^([^=]+)=(.+)$/.exec(choice) ?? [];
      if (isKind(kind)) return [kind, property];
      throw new InvalidArgumentError(
        `--name is ${JSON.stringify(choice)}; it must be a kind of the ontology and a property, such as Movie=title.`,
      );
    }),
  );
}

/** Checks the data of a database against the ontology, says what would be written and, on request, writes it. */
export async function adoptData(session: Session, { yes = false, name = [] }: AdoptFlags): Promise<void> {
  const { config, screen, signal } = session;
  const { ontology } = await session.silkgraph();
  const names = readNames(name, ontology);
  const graph = graphOption(config);
  const database = await findDatabase(config, (step) => screen.say(`${step}.`), signal);
  const driver = openDriver(database.address);
  try {
    await verifyDatabase(driver, database.address, database.patience);
    const adoption = adopt(driver, database.address, { ontology, names, report: screen.progress });
    const plan = await unlessStopped(signal, adoption.check());
    for (const line of describePlan(plan)) screen.say(line);
    if (!yes) {
      const { nodes, relations } = writesOf(plan);
      screen.say(
        `Nothing was written.${nodes + relations > 0 ? ` Run silkgraph adopt${graph} --yes to write it.` : ''}`,
      );
      return;
    }
    await unlessStopped(signal, adoption.write(plan));
    screen.say(`The data is adopted. Serve it with silkgraph start${graph}.`);
  } finally {
    screen.finish();
    await driver.close();
    await database.close();
  }
}
