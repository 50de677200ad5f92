import { type GraphiQLPlugin, pick, useGraphiQL, useGraphiQLActions } from '@graphiql/react';
import { useState } from 'react';
import { flushSync } from 'react-dom';
import { say } from '../../drawing/say.ts';
import { firstName } from '../requests/operations.ts';
import { lineIcon } from '../style/line-icon.tsx';
import type { Example } from './example.ts';
import { linkTo } from './link.ts';

const CookbookIcon = lineIcon(
  'M4 4.5h5.5a2.5 2.5 0 0 1 2.5 2.5v13a2 2 0 0 0-2-2H4zM20 4.5h-5.5A2.5 2.5 0 0 0 12 7v13a2 2 0 0 1 2-2h6z',
);

const fits = (example: Example, words: string) =>
  words
    .toLowerCase()
    .split(/\s+/)
    .every((word) => `${example.title} ${example.query}`.toLowerCase().includes(word));

/** A text in which names may be enclosed in backticks. */
function WithCode({ text }: { readonly text: string }) {
  return text.split('`').map((part, index) => {
    const key = `${index} ${part}`;
    return index % 2 === 0 ? part : <code key={key}>{part}</code>;
  });
}

function Cookbook({ examples }: { readonly examples: readonly Example[] }) {
  const [words, setWords] = useState('');
  const { queryEditor, variableEditor } = useGraphiQL(pick('queryEditor', 'variableEditor'));
  const { addTab, run, setOperationName } = useGraphiQLActions();
  const found = examples.filter((example) => fits(example, words));

  /** Runs an example, in a new tab unless there is nothing to lose. */
  function show({ query }: Example): void {
    const there = queryEditor?.getValue().trim() ?? '';
    const isUntouched = there === '' || examples.some((example) => example.query.trim() === there);
    // The response belongs to the active tab.
    if (!isUntouched) flushSync(addTab);
    queryEditor?.setValue(query);
    variableEditor?.setValue('');
    setOperationName(firstName(query) ?? '');
    run();
  }

  return (
    <section className="cookbook" aria-labelledby="cookbook-title">
      <h2 id="cookbook-title">{say('Cookbook')}</h2>
      <p>{say('Example queries. Each opens in the editor and runs at once.')}</p>
      <input
        type="search"
        value={words}
        onChange={({ target }) => setWords(target.value)}
        placeholder={say('Search by question or field')}
        aria-label={say('Search by question or field')}
      />
      <ol>
        {found.map((example) => (
          <li key={example.name}>
            <a
              href={linkTo({ query: example.query, variables: '' }, examples)}
              onClick={(event) => {
                // With a modifier key, the browser opens the link.
                if (event.ctrlKey || event.metaKey || event.shiftKey) return;
                event.preventDefault();
                show(example);
              }}
            >
              {example.title}
            </a>
            {example.remark !== '' && (
              <p>
                <WithCode text={example.remark} />
              </p>
            )}
          </li>
        ))}
      </ol>
      {found.length === 0 && <p role="status">{say('No matching queries.')}</p>}
    </section>
  );
}

/** List of example queries. */
export const cookbookPlugin = (examples: readonly Example[]): GraphiQLPlugin => ({
  title: say('Cookbook'),
  icon: CookbookIcon,
  content: () => <Cookbook examples={examples} />,
});
