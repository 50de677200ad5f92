import { useEffect, useState } from 'preact/hooks';
import { copied } from '../../drawing/copied.ts';
import { escaped } from '../../drawing/graph-svg.ts';
import { addressWith } from '../navigation/navigation.ts';
import { settings } from '../settings/known.ts';
import { addressForFrame, addressIn, isEmbedded, language } from '../settings/language.ts';
import { say } from '../settings/say.tsx';

/** How long it is said that the address was copied, in milliseconds. */
const SAID = 4_000;

/** The code with which another page shows the view. */
const frameCode = (): string =>
  `<iframe src="${escaped(addressForFrame(true, addressWith({})))}" title="${escaped(document.title)}" width="100%" height="640" style="border:0"></iframe>`;

/** Shares the address of the view, which has everything that is seen: by the device where it can, else by copying. */
export function ShareButton() {
  const [said, setSaid] = useState('');
  useEffect(() => {
    if (said === '') return;
    const timer = setTimeout(() => setSaid(''), SAID);
    return () => clearTimeout(timer);
  }, [said]);
  async function share() {
    const url = `${location.origin}${addressIn(language, addressWith({}))}`;
    try {
      if (navigator.maxTouchPoints > 0 && navigator.share) await navigator.share({ title: document.title, url });
      else if (await copied(url, say('Copy this address:'))) setSaid(say('Link copied'));
    } catch (error) {
      // The user closed the dialog of the device.
      if (error instanceof Error && error.name === 'AbortError') return;
      prompt(say('Copy this address:'), url);
    }
  }
  async function embed() {
    if (await copied(frameCode(), say('Copy this code:'))) setSaid(say('Code copied'));
  }
  if (isEmbedded) return null;
  return (
    <>
      <button type="button" class="share-button" onClick={() => void share()}>
        {said || say('Share')}
      </button>
      {settings().isEmbeddable && (
        <button type="button" class="share-button embed-button" onClick={() => void embed()}>
          {say('Embed')}
        </button>
      )}
      <span class="visually-hidden" role="status">
        {said}
      </span>
    </>
  );
}
