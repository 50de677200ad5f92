import { pino } from 'pino';
import { expect, it } from 'vitest';
import { GraphError } from '../../src/engine/graph/errors.ts';
import { reportedError } from '../../src/server/error-response.ts';

it('logs a database that is down in one short line, for requests of every path', () => {
  const lines: unknown[] = [];
  const log = pino({ level: 'info' }, { write: (line) => lines.push(JSON.parse(line)) });
  const request = new Request('http://localhost/export');
  const error = reportedError(new GraphError('UNAVAILABLE', 'export: down'), request, log, 'An export failed.');
  expect(error.extensions).toMatchObject({ code: 'DATABASE_UNAVAILABLE', http: { status: 503 } });
  expect(lines).toMatchObject([
    { level: 40, reason: 'GraphError: export: down', msg: 'The database did not respond.' },
  ]);
  expect(lines[0]).not.toHaveProperty('err');
});
