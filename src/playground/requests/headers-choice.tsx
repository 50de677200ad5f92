import { useEffect, useState } from 'react';
import { createPortal } from 'react-dom';
import type { Keeping } from '../questions/keeping.ts';

/** Beside the editor of headers: whether they stay on this device. */
export function HeadersChoice({ keeping }: { readonly keeping: Keeping }) {
  const [place, setPlace] = useState<Element | null>(null);
  const [keeps, setKeeps] = useState(keeping.keepsHeaders());
  // GraphiQL has no place for more in the bar above that editor.
  useEffect(() => setPlace(document.querySelector('.graphiql-editor-tools')), []);
  if (!place) return null;
  return createPortal(
    <label
      className="keeps-headers"
      title="Headers may hold a key. Otherwise they are forgotten when this tab is closed."
    >
      <input
        type="checkbox"
        checked={keeps}
        onChange={({ target }) => {
          keeping.keepHeaders(target.checked);
          setKeeps(target.checked);
        }}
      />
      Keep headers on this device
    </label>,
    place,
  );
}
