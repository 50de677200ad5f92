import { randomBytes } from 'node:crypto';
import type { Attack } from './attack.ts';
import { asJson, bodyOf } from './attacker.ts';

/** Names a state from the future of another database. */
const bookmark = { 'silkgraph-bookmark': 'FB:kcwQAAAAAAAAAAAAAAAAAAAAAcsAAAEAAAAAAJA=' };

const randomText = (length: number) =>
  randomBytes(length)
    .toString('base64url')
    .replace(/[-_01ilo]/gi, 'a')
    .toLowerCase()
    .slice(0, length);

/** What a caller claims: states of the graph, keys, names. */
export const trustAttacks: readonly Attack[] = [
  {
    name: 'forged bookmarks',
    sends: 'questions with a bookmark from the future, 6 a second',
    run: ({ repeat, ask }) =>
      repeat({ atOnce: 200, most: 200, perSecond: 6 }, () =>
        ask('{ labs(first: 1) { totalCount } }', {}, { ...asJson, ...bookmark }),
      ),
  },
  {
    name: 'forged bookmarks on exports',
    sends: 'GET /export with a bookmark from the future, 8 in 20 s',
    run: ({ repeat, send }) =>
      repeat({ atOnce: 8, most: 8, perSecond: 0.8 }, () =>
        send({ method: 'GET', path: '/export?format=jsonl&kind=LAB', headers: bookmark }),
      ),
  },
  {
    name: 'guessed keys',
    sends: '1,000 random keys and 1,000 forged tokens, 8 at once',
    run: ({ repeat, ask }) =>
      repeat({ atOnce: 8, most: 2_000 }, (count) => {
        const key = `sg_${randomText(10)}_${randomBytes(32).toString('base64url')}`;
        const part = () =>
          Buffer.from(JSON.stringify({ alg: 'none', sub: 'admin', role: 'admin' })).toString('base64url');
        const token = `${part()}.${part()}.${randomBytes(32).toString('base64url')}`;
        return ask('{ __typename }', {}, { ...asJson, authorization: `Bearer ${count % 2 ? key : token}` });
      }),
  },
  {
    name: 'refused mutations',
    sends: '2,000 mutations without a key, 8 at once',
    run: ({ repeat, ask }) =>
      repeat({ atOnce: 8, most: 2_000 }, (count) =>
        ask(
          `mutation { deleteLab: delete(input: { entity: { kind: LAB, id: "x${count}" } }) { outcome errors { message } } }`,
        ),
      ),
  },
  {
    name: 'hosts and targets',
    sends: 'foreign hosts, two hosts and absolute targets, on a connection each, 8 at once, up to 1,000',
    run: ({ repeat, open, written, wait }) => {
      const request = written({ body: bodyOf('{ __typename }') });
      const variants = [
        request.replace(/host: [^\r]*/, 'host: attacker.example'),
        request.replace(/\r\n/, '\r\nHost: attacker.example\r\n'),
        request.replace('/graphql', 'http://attacker.example/graphql'),
        request.replace('/graphql', `/graphql?${'x='.repeat(7_000)}`),
      ];
      return repeat({ atOnce: 8, most: 1_000 }, async (count) => {
        const socket = await open();
        socket?.resume().end(variants[count % variants.length] ?? request);
        if (socket) await Promise.race([new Promise((resolve) => socket.once('close', resolve)), wait()]);
      });
    },
  },
];
