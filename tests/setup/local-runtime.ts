import type { Report } from '../../src/database/address.ts';
import { prepareRuntime, type Runtime } from '../../src/database/managed/runtime.ts';
import { projectFolder } from './project-folder.ts';

/** The Java that `JAVA_HOME` names, as it does for the server, or that of the path, and the jars of the project. */
export const localRuntime = (report: Report = () => {}): Promise<Runtime> => {
  const { JAVA_HOME: javaHome } = process.env;
  return prepareRuntime({ folder: projectFolder, ...(javaHome ? { javaHome } : {}) }, report);
};
