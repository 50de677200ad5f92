import { readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { findJava } from '../../src/cli/managed-database/runtime.ts';

/** Folders in which systems put one Java beside the other, and where in each it is. */
const folders = [
  ['/usr/lib/jvm', ''],
  ['/opt/java', ''],
  ['/Library/Java/JavaVirtualMachines', 'Contents/Home'],
  [join(homedir(), '.sdkman/candidates/java'), ''],
  [join(homedir(), '.jdks'), ''],
] as const;

function homesIn(folder: string, below: string): readonly string[] {
  try {
    return readdirSync(folder).map((name) => join(folder, name, below));
  } catch {
    return [];
  }
}

/**
 * The home of a Java that runs a version of Neo4j: that of `JAVA_HOME`, of a variable that begins so, as `JAVA_HOME_21_X64`
 * of build services does, or of a usual folder. `undefined` if there is none.
 */
export async function javaHomeFor(neo4jVersion: string): Promise<string | undefined> {
  const named = Object.entries(process.env).flatMap(([name, value]) =>
    value && /^JAVA_HOME(_|$)/.test(name) ? [value] : [],
  );
  for (const home of [...named, ...folders.flatMap(([folder, below]) => homesIn(folder, below))]) {
    const java = await findJava(home, neo4jVersion).catch(() => undefined);
    if (java) return home;
  }
  return undefined;
}
