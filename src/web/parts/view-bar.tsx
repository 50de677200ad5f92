import type { ComponentChildren } from 'preact';
import { useRef } from 'preact/hooks';
import type { Asked } from '../api/ask.ts';
import { change, view } from '../navigation/navigation.ts';
import { say } from '../settings/say.tsx';
import { GraphiqlLink } from './parts.tsx';
import type { Export } from './save.ts';
import { ShareButton } from './share-button.tsx';

/** Switches between the graphic and a table of the same data. */
function GraphicOrTable({ title }: { readonly title: string }) {
  const { as } = view.value;
  return (
    <fieldset class="segments">
      <legend class="visually-hidden">{say('Show as')}</legend>
      {(['picture', 'table'] as const).map((name) => (
        <label key={name}>
          <input type="radio" name="as" value={name} checked={as === name} onChange={() => change({ as: name })} />
          <span>{name === 'picture' ? title : say('Table')}</span>
        </label>
      ))}
    </fieldset>
  );
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
      <summary>{say('Export')}</summary>
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
  isDrawn = true,
  exports,
  asked,
  children,
}: {
  readonly title: string;
  /** Whether the page has a graphic. */
  readonly isDrawn?: boolean;
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
      {isDrawn && <GraphicOrTable title={title} />}
      {exports.length > 0 && <Exports exports={exports} />}
      <ShareButton />
      {only && asked.length === 1 && <GraphiqlLink asked={only.asked} />}
      {asked.length > 1 && (
        <details class="menu">
          <summary>{say('Open as GraphQL')}</summary>
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
