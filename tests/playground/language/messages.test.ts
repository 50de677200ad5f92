import { readdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { remarkOf, titleOf } from '../../../src/explorer/pages/example-texts.ts';
import { loadExamples } from '../../../src/http/documents/examples.ts';
import { messages, nouns } from '../../../src/playground/language/chinese.ts';
import { editorMessages } from '../../../src/playground/language/editor-chinese.ts';
import { graphiqlMessages } from '../../../src/playground/language/graphiql-chinese.ts';
import { countedIn, placeholdersOf, saidIn, sourcesOf } from '../../setup/said-texts.ts';
import { examples, schema, shown } from '../cooperation.ts';

const sources = sourcesOf('playground');
const said = saidIn(sources);

/** The files of a package. */
function filesOf(name: string): string {
  const folder = dirname(fileURLToPath(import.meta.resolve(name)));
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.js'))
    .map((file) => readFileSync(`${folder}/${file}`, 'utf8'))
    .join('\n');
}

describe('the texts of the playground in Chinese', () => {
  it('are as complete as the English ones', () => {
    expect(said.size).toBeGreaterThan(40);
    expect([...said].filter((text) => !Object.hasOwn(messages, text))).toEqual([]);
  });

  it('have the same values in them', () => {
    for (const [english, chinese] of Object.entries({ ...messages, ...graphiqlMessages, ...editorMessages })) {
      expect(placeholdersOf(chinese), english).toEqual(placeholdersOf(english));
    }
  });

  it('have a name for everything that is counted', () => {
    expect([...countedIn(sources)].filter((noun) => !Object.hasOwn(nouns, noun))).toEqual([]);
  });

  it('are there for every example', () => {
    const say = shown.textsIn('zh-Hans');
    const english = loadExamples(examples).flatMap(({ query }) => [titleOf(query), remarkOf(query)]);
    expect(english.filter((text) => text !== '' && say(text) === text)).toEqual([]);
  });
});

describe('the Chinese texts of GraphiQL', () => {
  const files = ['graphiql', '@graphiql/react', '@graphiql/plugin-doc-explorer', '@graphiql/plugin-history']
    .concat('graphiql-explorer')
    .map(filesOf)
    .concat(readFileSync('src/playground/build.ts', 'utf8'))
    .join('\n');

  it('are those that this version of it has, or that the build adds', () => {
    // Made of a name, or of a word and another text.
    const made = /\{name\}|^(Query|Mutation|Subscription|Fragment) Name$|^(Show|Hide) editor tools$/;
    const unknown = Object.keys(graphiqlMessages).filter((text) => !made.test(text) && !files.includes(text));
    expect(unknown).toEqual([]);
  });

  it('are no names of the schema, which stay as they are', () => {
    const names = Object.values(schema.getTypeMap()).flatMap((type) => [
      type.name,
      ...('getFields' in type ? Object.keys(type.getFields()) : []),
      ...('getValues' in type ? type.getValues().map(({ name }) => name) : []),
    ]);
    expect(names.filter((name) => Object.hasOwn(graphiqlMessages, name))).toEqual([]);
  });
});
