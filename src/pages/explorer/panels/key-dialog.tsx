import { useEffect, useRef, useState } from 'preact/hooks';
import { canBeSent, giveKey, hasKey, keyWanted } from '../api/ask.ts';
import { say } from '../settings/say.tsx';

const NO_KEY =
  'Not a valid key. A key looks like sg_…_…, with unaccented letters, digits and symbols and without spaces.';

function show(dialog: HTMLDialogElement | null): void {
  if (!dialog?.open) dialog?.showModal();
}

/** Asks for an API key if the server requires one. */
export function KeyDialog() {
  const dialog = useRef<HTMLDialogElement>(null);
  const input = useRef<HTMLInputElement>(null);
  const reason = keyWanted.value;
  const [isRefused, setRefused] = useState(false);
  const isWanted = reason !== undefined;
  useEffect(() => {
    if (isWanted) show(dialog.current);
    else dialog.current?.close();
  }, [isWanted]);
  function take(key: string) {
    const isKey = canBeSent(key);
    setRefused(!isKey);
    if (isKey) giveKey(key);
    else input.current?.select();
  }
  return (
    <dialog
      ref={dialog}
      class="key-dialog"
      aria-labelledby="key-title"
      onCancel={(event) => event.preventDefault()}
      // Browsers close it regardless if nothing was clicked or typed since it was opened.
      onClose={() => {
        if (keyWanted.peek() !== undefined) show(dialog.current);
      }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          const key = input.current?.value.trim();
          if (key) take(key);
        }}
      >
        <h2 id="key-title">{say('API key required')}</h2>
        <p role="alert">{isRefused ? say(NO_KEY) : reason}</p>
        <label>
          {say('API key')}
          <input ref={input} type="password" autocomplete="off" required aria-invalid={isRefused} />
        </label>
        <p class="hint">{say('The key is stored for this tab only, until the tab is closed.')}</p>
        <p class="actions">
          <button type="submit" class="primary">
            {say('Use key')}
          </button>
          {isWanted && hasKey() && (
            <button type="button" onClick={() => giveKey(undefined)}>
              {say('Continue without a key')}
            </button>
          )}
        </p>
      </form>
    </dialog>
  );
}
