import type { ComponentChildren } from 'preact';
import { labelled } from '../../drawing/words.ts';
import type { Asked } from '../api/ask.ts';
import { useConfirmed } from '../keyboard/use-confirmed.ts';
import type { Analysis } from '../navigation/address.ts';
import { view } from '../navigation/navigation.ts';
import { DetailsPanel } from '../panels/details.tsx';
import { wordsOfAnalyses } from '../parts/analyses.ts';
import { type Export, sheetExports } from '../parts/save.ts';
import type { Sheet } from '../parts/sheet.ts';
import { useTitle } from '../parts/use-title.ts';
import { ViewBar } from '../parts/view-bar.tsx';
import { isEmbedded } from '../settings/language.ts';
import { say } from '../settings/say.tsx';

interface AnalysisPageProps {
  readonly name: Analysis;
  /** What is analysed, for the title of the page. */
  readonly title?: string;
  readonly form: ComponentChildren;
  /** What is exported as CSV, once it is loaded. */
  readonly sheet: (() => Sheet | Promise<Sheet>) | undefined;
  readonly exports?: readonly Export[];
  readonly asked: Asked | undefined;
  readonly children: ComponentChildren;
}

/** The page of an analysis: its tools, its form, its result, and the details of the selected entity. */
export function AnalysisPage({ name, title, form, sheet, exports = [], asked, children }: AnalysisPageProps) {
  const words = wordsOfAnalyses[name];
  const { picked } = view.value;
  useTitle(title ? labelled(words.title(), title) : words.title());
  // The tools stand there from the start, so that nothing moves when the result comes.
  const tables = sheetExports(`silkgraph-${name}`, say('Table'), () => sheet?.());
  return (
    <>
      <ViewBar
        title={words.title()}
        isDrawn={false}
        exports={asked ? [...exports, ...tables] : []}
        asked={asked ? [{ title: '', asked }] : []}
      />
      <div class="workspace analysis-workspace">
        <div class="stage">
          {/* A frame shows the result alone. */}
          {!isEmbedded && (
            <>
              <p class="hint">{words.about()}</p>
              {form}
            </>
          )}
          {children}
        </div>
        {picked !== undefined && <DetailsPanel slug={picked} />}
      </div>
    </>
  );
}

/** A labelled select of a form. */
export function Choice({
  label,
  value,
  isConfirmed = false,
  onChange,
  children,
}: {
  readonly label: string;
  readonly value: string;
  /** Whether what keys choose must be confirmed, because it adds something or begins anew. */
  readonly isConfirmed?: boolean;
  readonly onChange: (value: string) => void;
  readonly children: ComponentChildren;
}) {
  const confirmed = useConfirmed(value, onChange);
  return (
    <label class="form-field">
      <span>{label}</span>
      <select
        {...(isConfirmed ? confirmed : { value, onChange: ({ currentTarget }) => onChange(currentTarget.value) })}
      >
        {children}
      </select>
    </label>
  );
}
