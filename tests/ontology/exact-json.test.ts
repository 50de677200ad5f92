import { describe, expect, it } from 'vitest';
import { parseExactJson, withExactNumbers } from '../../src/ontology/exact-json.ts';

describe('a number in JSON', () => {
  it.each(['9007199254740993', '-0.12345678901234567891', '1e400', '1E-400', '[1.00000000000000001]'])(
    'is the text of its digits if a 64-bit float does not keep it: %s',
    (json) => {
      expect(parseExactJson(`{"a":"b","n":${json}}`)).toEqual({
        a: 'b',
        n: json.startsWith('[') ? [json.slice(1, -1)] : json,
      });
    },
  );

  it.each(['9007199254740992', '0.30000000000000004', '1e22', '1e+300', '-0.0'])(
    'stays a number if a 64-bit float keeps it: %s',
    (json) => {
      expect(parseExactJson(json)).toBe(Number(json));
    },
  );

  it('is no number within a text or a key', () => {
    const json = '{"9007199254740993":"a \\" 9007199254740993","\\\\":9007199254740993}';
    expect(withExactNumbers(json)).toBe('{"9007199254740993":"a \\" 9007199254740993","\\\\":"9007199254740993"}');
  });

  it.each(['9007199254740993-5', '09007199254740993', '"9007199254740993', '[9007199254740993', '9007199254740993 1'])(
    'makes no JSON of a text that is none: %s',
    (text) => {
      expect(() => parseExactJson(text)).toThrow(SyntaxError);
      expect(() => JSON.parse(withExactNumbers(text))).toThrow(SyntaxError);
    },
  );

  it('takes no more time in a text that does not end', () => {
    const text = `9007199254740993 "${'\\"'.repeat(100_000)}`;
    expect(withExactNumbers(text)).toBe(`"9007199254740993"${text.slice(16)}`);
  });

  it('is found in a large text without a deep stack', () => {
    const json = JSON.stringify(['\\"9007199254740993'.repeat(200_000), '1']).replace('"1"', '9007199254740993');
    expect(parseExactJson(json)).toMatchObject({ 1: '9007199254740993' });
  });
});
