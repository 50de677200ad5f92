import type { ComponentChildren } from 'preact';
import { useRef } from 'preact/hooks';
import type { Asked } from '../api/ask.ts';
import { change, view } from '../navigation/navigation.ts';
import { GraphiqlLink } from './parts.tsx';

/** Switches between the graphic and a table of the same data. */
function GraphicOrTable({ title }: { readonly title: string }) {
  const { as } = view.value;
  return (
    <fieldset class="segments">
      <legend class="visually-hidden">Show as</legend>
      {(['picture', 'table'] as const).map((name) => (
        <label key={name}>
          <input type="radio" name="as" value={name} checked={as === name} onChange={() => change({ as: name })} />
          <span>{name === 'picture' ? title : 'Table'}</span>
        </label>
      ))}
    </fieldset>
  );
}

/** One export format. */
export interface Export {
  readonly title: string;
  readonly run: () => void | Promise<void>;
}

function Exports({ exports }: { readonly exports: readonly Export[] }) {
  const menu = useRef<HTMLDetailsElement>(null);
  const close = () => {
    menu.current?.removeAttribute('open');
    menu.current?.querySelector('summary')?.focus();
  };
  return (
    <details
      ref={menu}
      class="menu"
      onKeyDown={(event) => {
        if (event.key === 'Escape') close();
      }}
      onFocusOut={(event) => {
        if (!menu.current?.contains(event.relatedTarget as Node | null)) menu.current?.removeAttribute('open');
      }}
    >
      <summary>Export</summary>
      <ul>
        {exports.map(({ title, run }) => (
          <li key={title}>
            <button
              type="button"
              onClick={() => {
                close();
                void run();
              }}
            >
              {title}
            </button>
          </li>
        ))}
      </ul>
    </details>
  );
}

/** The toolbar of a page: graphic or table, exports, and the queries behind the view. */
export function ViewBar({
  title,
  exports,
  asked,
  children,
}: {
  readonly title: string;
  readonly exports: readonly Export[];
  readonly asked: readonly { readonly title: string; readonly asked: Asked }[];
  readonly children?: ComponentChildren;
}) {
  const [only] = asked;
  return (
    <div class="view-bar">
      <h1>{title}</h1>
      {children}
      <span class="space" />
      <GraphicOrTable title={title} />
      {exports.length > 0 && <Exports exports={exports} />}
      {only && asked.length === 1 && <GraphiqlLink asked={only.asked} />}
      {asked.length > 1 && (
        <details class="menu">
          <summary>Open in GraphiQL</summary>
          <ul>
            {asked.map(({ title: name, asked: each }) => (
              <li key={name}>
                <GraphiqlLink asked={each}>{name}</GraphiqlLink>
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}
