import { knownInView } from '../api/totals.ts';
import type { Condition } from '../navigation/address.ts';
import type { ListedKind } from '../settings/known.ts';
import { asWritten } from '../settings/written.tsx';

/** How much is known of what a view shows. Nothing if no total was published. */
export function KnownTotal({ of, where }: { readonly of: ListedKind; readonly where: readonly Condition[] }) {
  const known = knownInView(of, where);
  return known === undefined ? null : (
    <p class="known-total" {...asWritten(known)}>
      {known}
    </p>
  );
}
