import neo4j, { type Driver, type Session } from 'neo4j-driver';
import type { Address } from '../../src/engine/database/address.ts';

/** A driver with the settings that Silkgraph's own has, so that no contestant is better off. */
export const openDriver = ({ uri, username, password }: Address): Driver =>
  neo4j.driver(uri, password === '' ? undefined : neo4j.auth.basic(username, password), {
    disableLosslessIntegers: true,
    telemetryDisabled: true,
    notificationFilter: { minimumSeverityLevel: 'OFF' },
    maxConnectionPoolSize: 50,
  });

/** A driver that counts the statements that are run through it. */
export function openCountingDriver(address: Address): { driver: Driver; statements: () => number } {
  const driver = openDriver(address);
  let count = 0;
  const counted = <Runner extends { run: Session['run'] }>(runner: Runner): Runner => {
    const run = runner.run.bind(runner);
    runner.run = (...parameters: Parameters<Session['run']>) => {
      count += 1;
      return run(...parameters);
    };
    return runner;
  };
  const open = driver.session.bind(driver);
  driver.session = (...options) => {
    const session = counted(open(...options));
    const executeRead = session.executeRead.bind(session);
    session.executeRead = (work, config) => executeRead((transaction) => work(counted(transaction)), config);
    return session;
  };
  return { driver, statements: () => count };
}
