import { useEffect, useState } from 'preact/hooks';
import { addressIn, language } from '../settings/language.ts';
import { say } from '../settings/say.tsx';

/** How long it is said that the address was copied, in milliseconds. */
const SAID = 4_000;

/** Shares the address of the view, which has everything that is seen: by the device where it can, else by copying. */
export function ShareButton() {
  const [said, setSaid] = useState('');
  useEffect(() => {
    if (said === '') return;
    const timer = setTimeout(() => setSaid(''), SAID);
    return () => clearTimeout(timer);
  }, [said]);
  async function share() {
    const url = `${location.origin}${addressIn(language)}`;
    try {
      if (navigator.maxTouchPoints > 0 && navigator.share) await navigator.share({ title: document.title, url });
      else {
        await navigator.clipboard.writeText(url);
        setSaid(say('Link copied'));
      }
    } catch (error) {
      // The user closed the dialog of the device.
      if (error instanceof Error && error.name === 'AbortError') return;
      prompt(say('Copy this address:'), url);
    }
  }
  return (
    <>
      <button type="button" class="share-button" onClick={() => void share()}>
        {said || say('Share')}
      </button>
      <span class="visually-hidden" role="status">
        {said}
      </span>
    </>
  );
}
