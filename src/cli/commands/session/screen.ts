import { Presets, SingleBar } from 'cli-progress';
import type { Progress } from '../../../doors/data/progress.ts';

/** Output of a command: sentences, and progress bars on a terminal. */
export interface Screen {
  say(sentence: string): void;
  /** Shows progress. */
  progress(progress: Progress): void;
  /** Ends the progress display. */
  finish(): void;
}

const BETWEEN_LINES = 5_000;
const titles: Readonly<Record<Progress['phase'], string>> = { checking: 'Checking', writing: 'Writing ' };

/** Shows progress as bars on a terminal, otherwise as occasional lines. */
export function createScreen(out: NodeJS.WriteStream): Screen {
  let bar: SingleBar | undefined;
  let phase: Progress['phase'] | undefined;
  let begun = 0;
  let said = 0;

  const finish = () => {
    bar?.stop();
    bar = undefined;
    phase = undefined;
  };

  function begin({ phase: next, total, unit }: Progress): void {
    finish();
    phase = next;
    begun = performance.now();
    said = begun;
    if (!out.isTTY) return;
    const format = `${titles[next]} {bar} {percentage} % | {value} of {total} ${unit} | {rate} ${unit}/s`;
    bar = new SingleBar({ format, stream: out, hideCursor: true, clearOnComplete: false }, Presets.shades_grey);
    bar.start(total, 0, { rate: '0' });
  }

  return {
    say(sentence) {
      finish();
      out.write(`${sentence}\n`);
    },
    progress(progress) {
      if (progress.phase !== phase) begin(progress);
      const { done, total, unit } = progress;
      const now = performance.now();
      const rate = Math.round(done / Math.max((now - begun) / 1000, 0.001)).toLocaleString('en');
      bar?.update(done, { rate });
      if (out.isTTY || now - said < BETWEEN_LINES) return;
      said = now;
      out.write(`${titles[progress.phase].trim()}: ${done} of ${total} ${unit}, ${rate} ${unit}/s\n`);
    },
    finish,
  };
}
