import { styleOfKindAt } from '../drawing/kind-styles.ts';
import { kindNames } from './language.ts';

/** The style of a kind, as everywhere: by its place in the ontology. */
export function styleOfKind(typeName: string) {
  const names = kindNames();
  const index = names.indexOf(typeName);
  return styleOfKindAt(index < 0 ? names.length : index);
}

/** The sign of a kind. */
export function Glyph({ kind, isDark }: { readonly kind: string; readonly isDark: boolean }) {
  const { light, dark, corners } = styleOfKind(kind);
  const fill = isDark ? dark : light;
  return (
    <svg class="glyph" width="12" height="12" viewBox="-1.15 -1.15 2.3 2.3" aria-hidden="true">
      {corners.length === 0 ? <circle r="1" fill={fill} /> : <polygon points={corners.join(' ')} fill={fill} />}
    </svg>
  );
}
