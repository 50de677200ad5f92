import { useEffect, useRef, useState } from 'preact/hooks';
import { canBeSent, giveKey, hasKey, keyWanted } from '../api/ask.ts';

const NO_KEY =
  'This is no key: it has characters that no key has. A key looks like sg_…_…, of unaccented letters, digits and signs without spaces.';

function show(dialog: HTMLDialogElement | null): void {
  if (!dialog?.open) dialog?.showModal();
}

/** Asks for a key where the server answers nobody without one. */
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
      // Browsers close it all the same where nothing was clicked or typed since it was opened.
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
        <h2 id="key-title">This graph is read with a key</h2>
        <p role="alert">{isRefused ? NO_KEY : reason}</p>
        <label>
          API key
          <input ref={input} type="password" autocomplete="off" required aria-invalid={isRefused} />
        </label>
        <p class="hint">It stays in this tab and is forgotten when the tab is closed.</p>
        <p class="actions">
          <button type="submit" class="primary">
            Use this key
          </button>
          {isWanted && hasKey() && (
            <button type="button" onClick={() => giveKey(undefined)}>
              Go on without a key
            </button>
          )}
        </p>
      </form>
    </dialog>
  );
}
