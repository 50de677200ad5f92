import { addressOfPage } from '../navigation/navigation.ts';
import { settings } from '../settings/known.ts';
import { say } from '../settings/say.tsx';
import { Written } from '../settings/written.tsx';

/** The attributions for a kind, with a link to all notices, which have the full texts. */
export function Notice({ of }: { readonly of: string }) {
  const text = settings().attributions[of];
  if (text === undefined) return null;
  return (
    <p class="hint notice-line">
      <Written text={text} /> {settings().hasNotice && <a href={addressOfPage('about')}>{say('All notices')}</a>}
    </p>
  );
}
