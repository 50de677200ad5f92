import type { KindSettings } from '../../views/settings.ts';
import { styleOfKind } from '../api/ontology.ts';
import { isDark } from '../parts/theme.ts';
import { settings } from '../settings/known.ts';

interface StandingSignProps {
  readonly kind: KindSettings;
  readonly isHighlighted: boolean;
}

/** The symbol of a kind as the graph draws it for entities that stand out, with a ring, and for the others, pale. */
export function StandingSign({ kind, isHighlighted }: StandingSignProps) {
  const [name = ''] = Object.entries(settings().kinds).find(([, each]) => each === kind) ?? [];
  const { light, dark, corners } = styleOfKind(name);
  const color = isDark.value ? dark : light;
  const shape = (size: number, look: Readonly<Record<string, string | number>>) =>
    corners.length === 0 ? (
      <circle r={size} {...look} />
    ) : (
      <polygon points={corners.map((each) => String(each)).join(' ')} transform={`scale(${size})`} {...look} />
    );
  return (
    <svg class="glyph standing-sign" width="18" height="18" viewBox="-1.7 -1.7 3.4 3.4" aria-hidden="true">
      {isHighlighted ? (
        <>
          {shape(1.45, { class: 'ring', 'stroke-width': 0.2 })}
          {shape(1, { fill: color })}
        </>
      ) : (
        shape(1.1, { class: 'pale', stroke: color, 'stroke-width': 0.24 })
      )}
    </svg>
  );
}
