import { neo4jVersion, prepareRuntime, type Runtime } from '../../src/cli/managed-database/runtime.ts';
import type { Report } from '../../src/engine/database/address.ts';
import { projectFolder } from './project-folder.ts';

const { JAVA_HOME: javaHome, SILKGRAPH_NEO4J_VERSION: wanted } = process.env;

/** The version of Neo4j that the tests run on, which is chosen as for the server. */
export const testedNeo4j = wanted || neo4jVersion;

/** The Java that `JAVA_HOME` names, as it does for the server, or that of the path, and the jars of the project. */
export const localRuntime = (report: Report = () => {}): Promise<Runtime> =>
  prepareRuntime({ folder: projectFolder, neo4jVersion: testedNeo4j, ...(javaHome ? { javaHome } : {}) }, report);
