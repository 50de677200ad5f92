import type { Look } from '../../drawing/looks.ts';
import type { Piece } from '../../drawing/piece.ts';
import { say } from '../../drawing/say.ts';
import { inWords, kindOf } from '../../drawing/words.ts';

interface LegendProps {
  readonly piece: Piece;
  readonly looks: (typeName: string) => Look;
  readonly isDark: boolean;
  readonly hidden: ReadonlySet<string>;
  readonly onChoose: (typeName: string, isShown: boolean) => void;
}

function Glyph({ look: { light, dark, corners }, isDark }: { readonly look: Look; readonly isDark: boolean }) {
  const fill = isDark ? dark : light;
  return (
    <svg width="12" height="12" viewBox="-1.15 -1.15 2.3 2.3" aria-hidden="true">
      {corners.length === 0 ? <circle r="1" fill={fill} /> : <polygon points={corners.join(' ')} fill={fill} />}
    </svg>
  );
}

/** Legend of kinds with checkboxes to hide them. */
export function Legend({ piece, looks, isDark, hidden, onChoose }: LegendProps) {
  const counts = new Map<string, number>();
  for (const { __typename } of piece.nodes) counts.set(__typename, (counts.get(__typename) ?? 0) + 1);
  return (
    <ul className="legend" aria-label={say('Kinds')}>
      {[...counts].map(([typeName, count]) => (
        <li key={typeName}>
          <label>
            <input
              type="checkbox"
              checked={!hidden.has(typeName)}
              onChange={({ target }) => onChoose(typeName, target.checked)}
            />
            <Glyph look={looks(typeName)} isDark={isDark} />
            {typeName === '' ? say('entity') : inWords(kindOf(typeName))} <span>{count}</span>
          </label>
        </li>
      ))}
    </ul>
  );
}
