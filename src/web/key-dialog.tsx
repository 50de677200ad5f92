import { useEffect, useRef } from 'preact/hooks';
import { giveKey, hasKey, keyWanted } from './ask.ts';

function show(dialog: HTMLDialogElement | null): void {
  if (!dialog?.open) dialog?.showModal();
}

/** Asks for a key where the server answers nobody without one. */
export function KeyDialog() {
  const dialog = useRef<HTMLDialogElement>(null);
  const input = useRef<HTMLInputElement>(null);
  const reason = keyWanted.value;
  const isWanted = reason !== undefined;
  useEffect(() => {
    if (isWanted) show(dialog.current);
    else dialog.current?.close();
  }, [isWanted]);
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
          if (key) giveKey(key);
        }}
      >
        <h2 id="key-title">This graph is read with a key</h2>
        <p role="alert">{reason}</p>
        <label>
          API key
          <input ref={input} type="password" autocomplete="off" required />
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
