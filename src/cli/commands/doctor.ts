import { readConfig } from '../../config.ts';
import type { Ontology } from '../../ontology/ontology.ts';
import { ontologiesOfRoles } from '../../service/role-services.ts';
import type { Environment } from '../../service/settings/settings-reader.ts';
import { examineDatabase } from '../doctor/examine-database.ts';
import {
  examineDisk,
  examineMemory,
  examineNode,
  examinePort,
  examineProviders,
  examineTime,
  readUsedMemory,
} from '../doctor/examine-machine.ts';
import { examineStore } from '../doctor/examine-store.ts';
import { type Finding, fault, ok, warning } from '../doctor/finding.ts';
import { databaseStatus } from '../managed-database/find-database.ts';
import { homeIn } from '../managed-database/managed-neo4j.ts';
import { readPassword } from '../managed-database/password.ts';
import { findJava, leastJavaFor, neo4jVersion } from '../managed-database/runtime.ts';
import { faultsOf } from './config.ts';
import { loadGraph } from './session/load-graph.ts';

/** Examinations that need a database. */
async function examineItsDatabase(
  config: ReturnType<typeof readConfig>,
  ontology: Ontology,
): Promise<readonly Finding[]> {
  if (config.neo4j) return examineDatabase(config.neo4j, ontology);
  const disk = await examineDisk(config.folder);
  const running = await databaseStatus(config);
  if (running?.uri !== undefined) {
    const password = readPassword(homeIn(config.folder));
    const address = { uri: running.uri, username: 'neo4j', password, database: 'neo4j' };
    return [disk, ...(await examineDatabase(address, ontology))];
  }
  const java = await findJava(config.javaHome, config.neo4jVersion).then(
    ({ javaVersion }) => ok('Java', `Java ${javaVersion} runs the local Neo4j.`),
    (error: Error) =>
      warning(
        'Java',
        `${error.message}.`,
        `Install Java ${leastJavaFor(config.neo4jVersion ?? neo4jVersion)} or newer (JAVA_HOME), set NEO4J_URI, or have Docker running.`,
      ),
  );
  return [
    disk,
    java,
    warning(
      'Database',
      `The local Neo4j in ${config.folder} does not run.`,
      'silkgraph start starts it or, for a server that runs already, silkgraph database start. Then examine it again.',
    ),
  ];
}

/** Examines settings, machine, identity providers, store and database, as far as each can be reached. Changes nothing. */
export async function examine(env: Environment): Promise<readonly Finding[]> {
  const node = examineNode(process.versions.node);
  const faults = faultsOf(env);
  if (faults.length > 0) return [node, ...faults.map((text) => fault('Settings', text))];
  const config = readConfig(env);
  const graph = await loadGraph(config.graph).catch((error: Error) => error);
  const shared = [
    node,
    ok('Settings', 'The settings are valid.'),
    ...examineMemory(config, undefined, await readUsedMemory(config, env.SILKGRAPH_KEY)),
    examineTime(config),
    await examinePort(config),
    ...(await examineProviders(config)),
    ...(await examineStore(config)),
  ];
  if (graph instanceof Error) return [...shared, fault('Graph', graph.message)];
  return [...shared, ...examineRoles(config, graph.ontology), ...(await examineItsDatabase(config, graph.ontology))];
}

/** Whether the declared roles hide only what the graph has. */
function examineRoles({ roles }: ReturnType<typeof readConfig>, ontology: Ontology): readonly Finding[] {
  if (Object.keys(roles).length === 0) return [];
  try {
    ontologiesOfRoles(ontology, roles);
    return [ok('Roles', `The roles ${Object.keys(roles).join(', ')} fit the graph.`)];
  } catch (error) {
    return [fault('Roles', (error as Error).message, 'Correct the file that SILKGRAPH_ROLES names.')];
  }
}

const marks = { ok: 'ok     ', warning: 'warning', fault: 'FAULT  ' };

/** Prints what was found, with what to do about it. @returns whether there was no fault */
export async function runDoctor(env: Environment, print: (line: string) => void): Promise<boolean> {
  const findings = await examine(env);
  const width = Math.max(...findings.map(({ subject }) => subject.length));
  for (const { state, subject, text, advice } of findings) {
    const [first = '', ...more] = text.split('\n');
    print(`${marks[state]}  ${subject.padEnd(width)}  ${first}`);
    for (const line of [...more, ...(advice === undefined ? [] : [advice])]) print(`${' '.repeat(width + 11)}${line}`);
  }
  const count = (wanted: Finding['state']) => findings.filter(({ state }) => state === wanted).length;
  const faults = count('fault');
  print(
    faults === 0
      ? `No fault, ${count('warning')} to look at.`
      : `${faults} ${faults === 1 ? 'fault' : 'faults'}, ${count('warning')} to look at.`,
  );
  return faults === 0;
}
