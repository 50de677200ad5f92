/** Width of a character of a title in pixels, on average; of one in Chinese. */
const [NARROW, WIDE] = [7.8, 14];

const LINE = 17;

const widthOf = (text: string) => [...text].reduce((sum, char) => sum + (char > '\u2e80' ? WIDE : NARROW), 0);

/** The lines of a title: two where it is wider than the chart and has a colon. */
function linesOf(title: string, width: number): readonly string[] {
  const at = title.search(/[:：]/);
  if (at === -1 || widthOf(title) <= width) return [title];
  return [title.slice(0, at + 1), title.slice(at + 1).trim()];
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
