import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** Whether Maven is on the path. */
export const hasMaven: boolean = await once(spawn('mvn', ['--version'], { stdio: 'ignore' }), 'exit').then(
  () => true,
  () => false,
);
