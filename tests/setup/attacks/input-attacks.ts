import { createHash } from 'node:crypto';
import type { Attack } from './attack.ts';
import { asJson } from './attacker.ts';

const filtered = 'query ($f: LabFilter) { labs(filter: $f) { totalCount } }';
const many = <Made>(length: number, make: (at: number) => Made) => Array.from({ length }, (_, at) => make(at));
const nested = (depth: number, open: string, inner: string, close: string) =>
  `${open.repeat(depth)}${inner}${close.repeat(depth)}`;

const unknownFields = Object.fromEntries(many(15_000, (at) => [`a${at}`, 1]));
const unknownKeys = Object.fromEntries(many(51, (at) => [`k${at}${'x'.repeat(19_300)}`, 1]));

const deep: readonly string[] = [
  `{"query":"{ labs(first: ${nested(10_000, '[', '1', ']')}) { totalCount } }"}`,
  `{"query":"${nested(4_000, '{a', '', '}')}"}`,
  `{"query":"{ labs { totalCount } }","variables":{"f":${nested(100_000, '[', '1', ']')}}}`,
  `{"query":"${filtered}","variables":{"f":${nested(45, '{"not":', '{}', '}')}}}`,
  nested(400_000, '[', '', ']'),
];

/** Input that is expensive to check. */
export const inputAttacks: readonly Attack[] = [
  {
    name: 'unknown fields',
    sends: 'one variable with 15,000 unknown fields, 154 kB, once',
    run: ({ ask }) => ask(filtered, { f: unknownFields }),
  },
  {
    name: 'unknown long keys',
    sends: '51 unknown keys of 19 kB in one variable, 985 kB, 4 at once, up to 100',
    run: ({ repeat, ask }) => repeat({ atOnce: 4, most: 100 }, () => ask(filtered, { f: unknownKeys })),
  },
  {
    name: 'deep nesting',
    sends: 'brackets up to 400,000 deep in documents, variables and bodies, 4 at once, up to 400',
    run: ({ repeat, send }) =>
      repeat({ atOnce: 4, most: 400 }, (count) => send({ body: deep[count % deep.length] ?? '' })),
  },
  {
    name: 'large literals',
    sends: 'documents of 99 kB with one string literal, each a new one, 8 at once, up to 1,000',
    run: ({ repeat, ask }) =>
      repeat({ atOnce: 8, most: 1_000 }, (count) =>
        ask(`{ labs(filter: { name: { eq: "${count}${'\\u00e9'.repeat(16_000)}" } }) { totalCount } }`),
      ),
  },
  {
    name: 'padded documents',
    sends: 'documents of 95 kB with a new filter, cursor, alias and search of 30 characters, 8 at once, up to 5,000',
    run: ({ repeat, ask }) =>
      repeat({ atOnce: 8, most: 5_000 }, (count) => {
        const word = `word_${String(count).padStart(25, '0')}`;
        const fields = [
          `labs(filter: { name: { eq: "${word}" } }) { totalCount }`,
          `labs(after: "${word}") { totalCount }`,
          `${word}: labs { totalCount }`,
          `search(query: "${word}", first: 1) { totalCount }`,
        ];
        return ask(`{ ${fields[count % fields.length]} } # ${'x'.repeat(95_000)}`);
      }),
  },
  {
    name: 'new small documents',
    sends: '5,000 documents, each with a new alias, 8 at once',
    run: ({ repeat, ask }) =>
      repeat({ atOnce: 8, most: 5_000, perSecond: 500 }, (count) => ask(`{ lab(slug: "x") { a${count}: name } }`)),
  },
  {
    name: 'new persisted documents',
    sends: '1,000 documents of 90 kB, stored by their hash, 8 at once',
    run: ({ repeat, send }) =>
      repeat({ atOnce: 8, most: 1_000 }, (count) => {
        const query = `{ __typename } # ${count} ${'x'.repeat(90_000)}`;
        const sha256Hash = createHash('sha256').update(query).digest('hex');
        return send({ body: JSON.stringify({ query, extensions: { persistedQuery: { version: 1, sha256Hash } } }) });
      }),
  },
  {
    name: 'operation names',
    sends: '10,000 operation names of 100 characters, 8 at once',
    run: ({ repeat, ask }) =>
      repeat({ atOnce: 8, most: 10_000, perSecond: 1_000 }, (count) =>
        ask(`query N${String(count).padStart(99, '0')} { __typename }`),
      ),
  },
  {
    name: 'invalid cursors',
    sends: '50 lists with an invalid cursor of 1.9 kB each, 8 at once, up to 1,000',
    run: ({ repeat, ask }) => {
      const cursor = Buffer.from('x'.repeat(1_400)).toString('base64url');
      const query = `{ ${many(50, (at) => `a${at}: labs(after: "${cursor}") { totalCount }`).join(' ')} }`;
      return repeat({ atOnce: 8, most: 1_000 }, () => ask(query));
    },
  },
  {
    name: 'cookies and headers',
    sends: '15 kB of cookies, ETags, traces and forwarded addresses, then 60 kB, 8 at once, up to 2,000',
    run: ({ repeat, send }) =>
      repeat({ atOnce: 8, most: 2_000 }, (count) =>
        send({
          headers: {
            ...asJson,
            cookie: many(count % 10 === 0 ? 6_000 : 600, (at) => `c${at}=${at}`).join('; '),
            'if-none-match': many(150, (at) => `W/"${at}aaaaaaaaaa"`).join(', '),
            traceparent: `00-${'f'.repeat(1_000)}-x-01`,
            'x-forwarded-for': many(100, (at) => `10.0.0.${at}`).join(', '),
            'x-request-id': 'r'.repeat(2_000),
          },
          body: '{"query":"{ __typename }"}',
        }),
      ),
  },
  {
    name: 'one-byte chunks',
    sends: '4 bodies of up to 900,000 chunks of one byte',
    run: ({ open, written, isOver, wait }) => {
      const headers = written({ headers: { ...asJson, 'transfer-encoding': 'chunked' } }).replace(
        /content-length: 0\r\n/,
        '',
      );
      const work = async () => {
        const socket = await open();
        socket?.write(headers);
        for (let sent = 0; socket && sent < 900_000 && socket.writable && !isOver(); sent += 10_000) {
          const hasRoom = socket.write('1\r\nx\r\n'.repeat(10_000));
          if (!hasRoom) await Promise.race([new Promise((resolve) => socket.once('drain', resolve)), wait()]);
        }
      };
      return Promise.all([work(), work(), work(), work()]);
    },
  },
];
