import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { describe, expect, it, onTestFinished } from 'vitest';

/** Runs a module whose standard output and error nobody reads yet. Of the build: what compiles it could change how they wait. */
function run(code: string) {
  const child = spawn(process.execPath, ['--input-type=module', '--eval', code]);
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}

const moduleAt = (path: string) => JSON.stringify(new URL(`../../../../dist/${path}`, import.meta.url).href);

describe('the log of a server', () => {
  it('does not stop the server while nobody reads it, and is whole once somebody does', async () => {
    const child = run(`
      import { createLog } from ${moduleAt('cli/commands/session/log.js')};
      const log = createLog({ logLevel: 'info' });
      for (let line = 0; line < 2_000; line += 1) log.info({ line, text: 'x'.repeat(100) }, 'a line');
      process.stdin.once('data', () => { log.info('the last line'); process.exit(); });
      console.log('goes on');
    `);
    const [said] = await once(child.stdout, 'data');
    expect(String(said)).toBe('goes on\n');
    const reading = text(child.stderr);
    child.stdin.write('end\n');
    const lines = (await reading).trim().split('\n');
    expect(lines.length).toBeGreaterThan(200);
    for (const line of lines) expect(JSON.parse(line)).toMatchObject({ msg: expect.stringContaining('line') });
  });
});

describe('the audit log on standard output', () => {
  it('is given up at the end where nobody reads it, so that the server ends', async () => {
    const child = run(`
      import { openAuditLog } from ${moduleAt('server/observability/audit-log.js')};
      const log = { error: ({ reason }) => console.error(reason) };
      const audit = openAuditLog('stdout', log);
      for (let line = 0; line < 2_000; line += 1) audit.write({ line, text: 'x'.repeat(100) });
      await audit.close();
      console.error('closed');
    `);
    const said = text(child.stderr);
    await once(child, 'exit');
    expect(await said).toMatch(/EAGAIN[^\n]*\nclosed\n$/);
  });
});
