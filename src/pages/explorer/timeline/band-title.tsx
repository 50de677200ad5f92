/** Width of a character of a title in pixels, on average; of one in Chinese. */
const [NARROW, WIDE] = [7.8, 14];

const LINE = 17;

const widthOf = (text: string) => [...text].reduce((sum, char) => sum + (char > '\u2e80' ? WIDE : NARROW), 0);

/** Number of characters of a text that fit. */
function fitting(text: string, width: number): number {
  let count = text.length;
  while (count > 0 && widthOf(text.slice(0, count)) > width) count -= 1;
  return count;
}

/** The lines of a title: where it is wider than the chart, it is broken at its colon, else between words. */
function linesOf(title: string, width: number): readonly string[] {
  if (widthOf(title) <= width) return [title];
  const colon = title.search(/[:：]/) + 1;
  const end = colon > 0 ? colon : title.lastIndexOf(' ', fitting(title, width));
  return end > 0 ? [title.slice(0, end), ...linesOf(title.slice(end).trim(), width)] : [title];
}

/** Height that the further lines of a title take. */
export const furtherLines = (title: string, width: number): number => (linesOf(title, width).length - 1) * LINE;

interface BandTitleProps {
  readonly title: string;
  readonly width: number;
  /** Baseline of the last line. */
  readonly y: number;
}

/** The title above a band of the timeline. */
export function BandTitle({ title, width, y }: BandTitleProps) {
  const lines = linesOf(title, width);
  return (
    <text class="band-title">
      {lines.map((line, index) => (
        <tspan key={line} x="0" y={y - (lines.length - 1 - index) * LINE}>
          {line}
        </tspan>
      ))}
    </text>
  );
}
