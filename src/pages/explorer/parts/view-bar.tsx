import type { ComponentChildren } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { AskError, type Asked } from '../api/ask.ts';
import { SaveButton } from '../device/saved-views.tsx';
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

/** Delays before a passing failure of an export is tried again, in milliseconds. */
const PAUSES = [1_500, 4_000];

/** Runs an export, again where it fails for a moment. @throws Error */
async function runPatiently(run: Export['run'], pauses: readonly number[] = PAUSES): Promise<void> {
  const [pause, ...rest] = pauses;
  try {
    await run();
  } catch (error) {
    if (pause === undefined || !(error instanceof AskError && error.isPassing)) throw error;
    await new Promise((resolve) => setTimeout(resolve, pause));
    await runPatiently(run, rest);
  }
}

function Exports({ exports }: { readonly exports: readonly Export[] }) {
  const menu = useRef<HTMLDetailsElement>(null);
  const [isRunning, setRunning] = useState(false);
  const [failure, setFailure] = useState<string | undefined>();
  const [done, setDone] = useState('');
  async function start({ run, done: said = '' }: Export) {
    setRunning(true);
    setFailure(undefined);
    setDone('');
    try {
      await runPatiently(run);
      setDone(said);
    } catch (error) {
      setFailure(error instanceof Error ? error.message : String(error));
    } finally {
      setRunning(false);
    }
  }
  const close = () => {
    menu.current?.removeAttribute('open');
    menu.current?.querySelector('summary')?.focus();
  };
  return (
    <>
      {failure !== undefined && (
        <span class="export-failure" role="alert">
          {say('Could not load {what}.', { what: say('the export') })} {say(failure)}
        </span>
      )}
      <span class="visually-hidden" role="status">
        {done}
      </span>
      <details
        ref={menu}
        class="menu"
        onToggle={() => {
          if (menu.current?.open) setDone('');
        }}
        onKeyDown={(event) => {
          if (event.key === 'Escape') close();
        }}
        onFocusOut={(event) => {
          if (!menu.current?.contains(event.relatedTarget as Node | null)) menu.current?.removeAttribute('open');
        }}
      >
        <summary>{isRunning ? say('Exporting …') : done || say('Export')}</summary>
        <ul>
          {exports.map((one) => (
            <li key={one.title}>
              <button
                type="button"
                onClick={() => {
                  close();
                  void start(one);
                }}
              >
                {one.title}
              </button>
            </li>
          ))}
        </ul>
      </details>
    </>
  );
}

/** The toolbar of a page: graphic or table, exports, and the queries behind the view. */
export function ViewBar({
  title,
  isDrawn = true,
  isLoading = false,
  exports,
  asked,
  children,
}: {
  readonly title: string;
  /** Whether the page has a graphic. */
  readonly isDrawn?: boolean;
  /** Whether there will be exports and queries once it is loaded; their place is kept. */
  readonly isLoading?: boolean;
  readonly exports: readonly Export[];
  readonly asked: readonly { readonly title: string; readonly asked: Asked }[];
  readonly children?: ComponentChildren;
}) {
  const [only] = asked;
  return (
    <div class="view-bar">
      <h1 tabIndex={-1}>{title}</h1>
      {children}
      <span class="space" />
      {isDrawn && <GraphicOrTable title={title} />}
      <span class="view-actions">
        {exports.length > 0 ? (
          <Exports exports={exports} />
        ) : (
          isLoading && (
            <button type="button" class="export-later" disabled>
              {say('Export')}
            </button>
          )
        )}
        <SaveButton />
        <ShareButton />
      </span>
      {only && asked.length === 1 && <GraphiqlLink asked={only.asked} />}
      {isLoading && asked.length === 0 && (
        <button type="button" class="export-later" disabled>
          {say('Open as GraphQL')}
        </button>
      )}
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
