import type { ComponentChildren } from 'preact';
import { messageOf } from '../../drawing/say.ts';

export { say, tell } from '../../drawing/say.ts';

interface SaidProps {
  readonly text: string;
  /** What stands in place of `{name}`. */
  readonly with: Readonly<Record<string, ComponentChildren>>;
}

/** A text of the page in its language with elements in it. */
export function Said({ text, with: parts }: SaidProps) {
  return (
    <>
      {messageOf(text)
        .split(/\{(\w+)\}/)
        .map((part, index) => (index % 2 === 0 ? part : parts[part]))}
    </>
  );
}
