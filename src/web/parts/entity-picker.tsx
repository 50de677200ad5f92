import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { counted } from '../../drawing/words.ts';
import { ask } from '../api/ask.ts';
import { kindInWords } from '../api/ontology.ts';
import { queryNamed } from '../settings/known.ts';
import { say } from '../settings/say.tsx';
import { Glyph } from './parts.tsx';

export interface Suggestion {
  readonly slug: string;
  readonly kind: string;
  readonly name: string;
  /** The name that matches the input, not always the main name. */
  readonly text: string;
}

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
  onPick,
  onWords,
}: {
  readonly label: string;
  readonly isLabelShown?: boolean;
  readonly placeholder?: string;
  readonly initial?: string;
  readonly onPick: (suggestion: Suggestion) => void;
  /** Called on Enter if no suggestion is chosen. */
  readonly onWords?: (words: string) => void;
}) {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [words, setWords] = useState(initial);
  const [isOpen, setOpen] = useState(false);
  const [active, setActive] = useState(-1);
  useEffect(() => setWords(initial), [initial]);
  const { suggestions, failure, words: asked } = useSuggestions(isOpen ? words : '');
  const isListed = isOpen && words.trim() !== '' && asked !== '';
  // New suggestions reset the active option.
  useEffect(() => setActive(-1), [suggestions]);

  function take(suggestion: Suggestion) {
    setOpen(false);
    setActive(-1);
    setWords(suggestion.name);
    onPick(suggestion);
  }

  function onKeyDown(event: KeyboardEvent) {
    const last = suggestions.length - 1;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (!isOpen) return setOpen(true);
      if (event.key === 'ArrowDown') setActive(active >= last ? 0 : active + 1);
      else setActive(active <= 0 ? last : active - 1);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      const suggestion = suggestions[active];
      if (isListed && suggestion) return take(suggestion);
      if (onWords && words.trim() !== '') {
        setOpen(false);
        onWords(words.trim());
      } else if (isListed && suggestions[0] && asked === words.trim()) take(suggestions[0]);
    } else if (event.key === 'Escape') {
      if (isOpen) setOpen(false);
      else setWords('');
      setActive(-1);
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
          setActive(-1);
        }}
        onKeyDown={onKeyDown}
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
              key={suggestion.slug}
              id={`${id}-${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === active}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => take(suggestion)}
            >
              <Glyph kind={suggestion.kind} />
              <span class="name">{suggestion.name}</span>
              {suggestion.text !== suggestion.name && <span class="zh">{suggestion.text}</span>}
              <span class="kind">{kindInWords(suggestion.kind)}</span>
            </div>
          ))}
        </div>
        {failure !== undefined && <p class="none">{failure}</p>}
        {failure === undefined && suggestions.length === 0 && (
          <p class="none">{say('No names start with “{words}”.', { words: asked })}</p>
        )}
        {onWords && suggestions.length > 0 && <p class="none">{say('Press Enter to search all names and texts.')}</p>}
      </div>
      <span class="visually-hidden" role="status">
        {isListed ? counted(suggestions.length, 'suggestion') : ''}
      </span>
    </div>
  );
}
