import { useRef } from 'preact/hooks';
import { cardNamed, nameNamed } from '../api/cards.ts';
import { nearest, passFocus } from '../keyboard/pass-focus.ts';
import { EntityPicker } from '../parts/entity-picker.tsx';
import { Glyph } from '../parts/parts.tsx';
import { say } from '../settings/say.tsx';
import { Written } from '../settings/written.tsx';

interface EntityChoiceProps {
  readonly label: string;
  readonly slugs: readonly string[];
  /** Most entities that can be chosen; one replaces the other if it is 1. */
  readonly most: number;
  readonly onChange: (slugs: readonly string[]) => void;
}

/** Entities that a form asks for: a search box, and those that are chosen, each to be removed. */
export function EntityChoice({ label, slugs, most, onChange }: EntityChoiceProps) {
  const place = useRef<HTMLDivElement>(null);
  const isFull = most > 1 && slugs.length >= most;
  const chips = () => place.current?.querySelectorAll<HTMLElement>('.chip') ?? [];
  const input = () => place.current?.querySelector('input');
  function remove(slug: string) {
    passFocus(() => nearest(chips(), slugs.indexOf(slug)) ?? input());
    onChange(slugs.filter((other) => other !== slug));
  }
  function add(slug: string) {
    passFocus(() => input() ?? nearest(chips(), slugs.length));
    onChange(most === 1 ? [slug] : [...new Set([...slugs, slug])]);
  }
  return (
    <div ref={place} class="entity-choice">
      {!isFull && (
        <EntityPicker
          key={slugs.join()}
          label={label}
          isLabelShown
          placeholder={say('Entity …')}
          onPick={({ slug }) => add(slug)}
        />
      )}
      {slugs.length > 0 && (
        <ul class="chosen" aria-label={say('Chosen entities')}>
          {slugs.map((slug) => {
            const card = cardNamed(slug);
            return (
              <li key={slug}>
                <button type="button" class="chip" onClick={() => remove(slug)}>
                  {card && <Glyph kind={card.__typename} size={11} />} <Written text={nameNamed(slug)} />
                  <span aria-hidden="true"> ×</span>
                  <span class="visually-hidden">. {say('Remove')}</span>
                </button>
              </li>
            );
          })}
        </ul>
      )}
    </div>
  );
}
