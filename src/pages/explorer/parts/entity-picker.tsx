import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { counted } from '../../drawing/words.ts';
import { ask } from '../api/ask.ts';
import { kindInWords } from '../api/ontology.ts';
import { type RecentSearch, recentSearches } from '../device/recent-searches.ts';
import { queryNamed } from '../settings/known.ts';
import { say } from '../settings/say.tsx';
import { asWritten } from '../settings/written.tsx';
import { Glyph } from './parts.tsx';

export interface Suggestion {
  readonly slug: string;
  readonly kind: string;
  readonly name: string;
  /** The name that matches the input, not always the main name. */
  readonly text: string;
}

/** What the box offers: an entity, or words that were searched for. */
type Offered = Pick<Suggestion, 'name' | 'text'> & Partial<Pick<Suggestion, 'slug' | 'kind'>>;

const offeredAgain = ({ words, ...entity }: RecentSearch): Offered => ({ name: words, text: words, ...entity });

/** Names an option; the text that matches may change while somebody types. */
const keyOf = ({ slug, text }: Offered): string => slug ?? ` ${text}`;

/** Debounce delay in milliseconds. */
const PAUSE = 120;

interface Proposed {
  readonly words: string;
  readonly suggestions: readonly Suggestion[];
  readonly failure?: string;
}

const nothing: Proposed = { words: '', suggestions: [] };

/** Suggestions from the server, debounced. */
function useSuggestions(words: string): Proposed {
  const [proposed, setProposed] = useState(nothing);
  useEffect(() => {
    const prefix = words.trim();
    if (prefix === '') return setProposed(nothing);
    const controller = new AbortController();
    const timer = setTimeout(() => {
      ask<{ suggest: readonly Suggestion[] }>(
        { query: queryNamed('suggest'), variables: { prefix } },
        controller.signal,
      ).then(
        ({ suggest }) => setProposed({ words: prefix, suggestions: suggest ?? [] }),
        (error: Error) => {
          if (!controller.signal.aborted) setProposed({ words: prefix, suggestions: [], failure: error.message });
        },
      );
    }, PAUSE);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [words]);
  return proposed;
}

/**
 * Search box with suggestions, by the ARIA combobox pattern. Text without a chosen suggestion is kept only if `onWords` is
 * given.
 */
export function EntityPicker({
  label,
  isLabelShown = false,
  placeholder,
  initial = '',
  isRecalling = false,
  onPick,
  onWords,
}: {
  readonly label: string;
  readonly isLabelShown?: boolean;
  readonly placeholder?: string;
  readonly initial?: string;
  /** Whether recent searches are offered, and this one is remembered. */
  readonly isRecalling?: boolean;
  readonly onPick: (suggestion: Suggestion) => void;
  /** Called on Enter if no suggestion is chosen. */
  readonly onWords?: (words: string) => void;
}) {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [words, setWords] = useState(initial);
  const [isOpen, setOpen] = useState(false);
  const [chosen, setChosen] = useState('');
  useEffect(() => setWords(initial), [initial]);
  const { suggestions: found, failure, words: asked } = useSuggestions(isOpen ? words : '');
  const isEmpty = words.trim() === '';
  const recent = isRecalling ? recentSearches.items.value : [];
  const suggestions: readonly Offered[] = isEmpty ? recent.map(offeredAgain) : found;
  const isListed = isOpen && (isEmpty ? recent.length > 0 : asked !== '');
  // An option stays active while it is among the suggestions: they may come after the key that chose it.
  const active = suggestions.findIndex((suggestion) => keyOf(suggestion) === chosen);

  function search(text: string) {
    setOpen(false);
    setChosen('');
    if (isRecalling) recentSearches.add({ words: text });
    onWords?.(text);
  }

  function take({ slug, kind, name, text }: Offered) {
    if (slug === undefined || kind === undefined) return search(text);
    setOpen(false);
    setChosen('');
    setWords(name);
    if (isRecalling) recentSearches.add({ words: name, slug, kind });
    onPick({ slug, kind, name, text });
  }

  function onKeyDown(event: KeyboardEvent) {
    // These keys belong to an input method, such as one for Chinese; Safari ends the composition before its last key.
    if (event.isComposing || event.keyCode === 229) return;
    const last = suggestions.length - 1;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (!isOpen) return setOpen(true);
      const next =
        suggestions[event.key === 'ArrowDown' ? (active + 1) % suggestions.length : active <= 0 ? last : active - 1];
      if (next) setChosen(keyOf(next));
    } else if (event.key === 'Enter') {
      event.preventDefault();
      const suggestion = suggestions[active];
      if (isListed && suggestion) return take(suggestion);
      if (onWords && !isEmpty) search(words.trim());
      else if (isListed && !isEmpty && suggestions[0] && asked === words.trim()) take(suggestions[0]);
    } else if (event.key === 'Escape') {
      if (isOpen) setOpen(false);
      else setWords('');
      setChosen('');
    }
  }

  return (
    <div class="picker">
      <label class={isLabelShown ? undefined : 'visually-hidden'} for={`${id}-input`}>
        {label}
      </label>
      <input
        ref={input}
        id={`${id}-input`}
        type="text"
        role="combobox"
        autocomplete="off"
        spellcheck={false}
        placeholder={placeholder}
        value={words}
        aria-autocomplete="list"
        aria-expanded={isListed}
        aria-controls={`${id}-list`}
        aria-activedescendant={isListed && active >= 0 ? `${id}-${active}` : undefined}
        onInput={(event) => {
          setWords(event.currentTarget.value);
          setOpen(true);
          setChosen('');
        }}
        onKeyDown={onKeyDown}
        onClick={() => setOpen(true)}
        onBlur={() => {
          setOpen(false);
          if (!onWords) setWords(initial);
        }}
      />
      <div class="proposals" hidden={!isListed}>
        <div id={`${id}-list`} role="listbox" aria-label={label}>
          {suggestions.map((suggestion, index) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the input handles the keys.
            <div
              key={keyOf(suggestion)}
              id={`${id}-${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === active}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => take(suggestion)}
            >
              {suggestion.kind !== undefined && <Glyph kind={suggestion.kind} />}
              <span class="name" {...asWritten(suggestion.name)}>
                {suggestion.name}
              </span>
              {suggestion.text !== suggestion.name && (
                <span class="zh" {...asWritten(suggestion.text)}>
                  {suggestion.text}
                </span>
              )}
              <span class="kind">{suggestion.kind === undefined ? say('Search') : kindInWords(suggestion.kind)}</span>
            </div>
          ))}
        </div>
        {isEmpty && (
          <p class="none">
            {say('Recent searches on this device.')}{' '}
            <button
              type="button"
              class="link"
              onMouseDown={(event) => event.preventDefault()}
              onClick={recentSearches.clear}
            >
              {say('Forget them')}
            </button>
          </p>
        )}
        {failure !== undefined && <p class="none">{say(failure)}</p>}
        {failure === undefined && !isEmpty && suggestions.length === 0 && (
          <p class="none">{say('No names start with “{words}”.', { words: asked })}</p>
        )}
        {onWords && !isEmpty && failure === undefined && (
          <p class="none">{say('Press Enter to search all names and texts.')}</p>
        )}
      </div>
      <span class="visually-hidden" role="status">
        {isListed && (failure === undefined ? counted(suggestions.length, 'suggestion') : say(failure))}
      </span>
    </div>
  );
}
