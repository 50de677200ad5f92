import { useEffect, useState } from 'react';
import { createPortal } from 'react-dom';
import { say } from '../../drawing/say.ts';
import type { Keeping } from '../questions/keeping.ts';

/** Checkbox next to the headers editor: whether headers are stored on this device. */
export function HeadersChoice({ keeping }: { readonly keeping: Keeping }) {
  const [place, setPlace] = useState<Element | null>(null);
  const [keeps, setKeeps] = useState(keeping.keepsHeaders());
  // GraphiQL has no slot in the bar above that editor.
  useEffect(() => setPlace(document.querySelector('.graphiql-editor-tools')), []);
  if (!place) return null;
  return createPortal(
    <label
      className="keeps-headers"
      title={say('Headers may contain a key. If unchecked, they are deleted when this tab is closed.')}
    >
      <input
        type="checkbox"
        checked={keeps}
        onChange={({ target }) => {
          keeping.keepHeaders(target.checked);
          setKeeps(target.checked);
        }}
      />
      {say('Store headers on this device')}
    </label>,
    place,
  );
}
