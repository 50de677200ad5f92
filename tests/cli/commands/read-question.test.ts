import { expect, it } from 'vitest';
import { readQuestion } from '../../../src/cli/commands/read-question.ts';
import { dataFolder } from '../../doors/data/data-folder.ts';

it('reads an example by its number, however many digits that has, or by the beginning of its name', async () => {
  const folder = dataFolder({
    '1-books.graphql': '# Books?\n{ books { totalCount } }\n',
    '02-authors.graphql': '# Authors?\n{ authors { totalCount } }\n',
    '010-series.graphql': '# Series?\n{ series { totalCount } }\n',
    'café-müller.graphql': '# Houses?\n{ houses { totalCount } }\n',
  });
  const read = (name: string) => readQuestion(name, async () => folder);
  expect(await read('1')).toContain('books');
  expect(await read('01')).toContain('books');
  expect(await read('2')).toContain('authors');
  expect(await read('10')).toContain('series');
  expect(await read('1-books')).toContain('books');
  expect(await read('café')).toContain('houses');
  await expect(read('3')).rejects.toThrow('Cannot read 3.');
});
