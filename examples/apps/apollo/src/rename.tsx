import { useMutation } from '@apollo/client/react';
import { useState } from 'react';
import { writeWith } from './client.ts';
import { graphql } from './generated/gql.ts';

// The answer holds id, name and revision, so that the cache changes the lab in every list that shows it.
const renameDocument = graphql(`
  mutation Rename($input: UpdateInput!) {
    update(input: $input) {
      errors {
        message
      }
      lab {
        id
        name
        revision
      }
    }
  }
`);

interface RenameProps {
  readonly lab: { readonly id: string; readonly name: string; readonly revision: number };
}

export function Rename({ lab }: RenameProps) {
  const [name, setName] = useState(lab.name);
  const [rename, { data, error, loading }] = useMutation(renameDocument);
  const problems = error ? [error] : (data?.update?.errors ?? []);

  function submit(form: FormData) {
    writeWith(String(form.get('key')));
    // A name that somebody else has changed meanwhile is not written over.
    const change = { id: lab.id, name, expectedRevision: lab.revision };
    const input = { entity: { lab: change }, reason: 'Renamed by hand.' };
    // What goes wrong is shown by `error`.
    rename({ variables: { input } }).catch(() => {});
  }

  return (
    <form action={submit}>
      <label>
        New name <input value={name} onChange={({ target }) => setName(target.value)} />
      </label>{' '}
      <label>
        Key <input name="key" type="password" autoComplete="off" required />
      </label>{' '}
      <button type="submit" disabled={loading}>
        Rename
      </button>
      {problems.map(({ message }) => (
        <p role="alert" key={message}>
          {message}
        </p>
      ))}
    </form>
  );
}
