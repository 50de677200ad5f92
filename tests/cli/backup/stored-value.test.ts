import neo4j from 'neo4j-driver';
import { describe, expect, it } from 'vitest';
import { fromStored, toStored } from '../../../src/cli/backup/stored-value.ts';

describe('a stored value', () => {
  it('has its type and all its digits when it comes back', () => {
    const { Date: Day, DateTime, Duration, LocalDateTime, LocalTime, Point, Time } = neo4j.types;
    for (const value of [
      ...['text', true, 1.5, -0.1, 2 ** 60, neo4j.int('9007199254740993'), ['a', 'b'], [neo4j.int(1)]],
      ...[new Day(2026, 2, 28), new LocalTime(1, 2, 3, 4), new Time(1, 2, 3, 4, 3600), new Duration(1, 2, 3, 4)],
      ...[new LocalDateTime(2026, 2, 28, 1, 2, 3, 4), new DateTime(2026, 2, 28, 1, 2, 3, 123456789, 3600)],
      new Point(4326, 1.5, 2.5),
    ]) {
      const back = fromStored(JSON.parse(JSON.stringify(toStored(value))));
      expect(JSON.stringify(toStored(back))).toBe(JSON.stringify(toStored(value)));
      expect(String(back)).toBe(String(value));
    }
  });
});
