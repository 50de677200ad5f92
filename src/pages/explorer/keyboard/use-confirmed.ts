import { useRef } from 'preact/hooks';
import { say } from '../settings/say.tsx';

interface FieldEvent {
  readonly currentTarget: HTMLSelectElement | HTMLInputElement;
}

/** Keys that choose something else in a closed select, or another number: arrows, and what is typed. */
const choosesBy = ({ key, altKey }: KeyboardEvent): boolean =>
  !altKey && (/^(Arrow|Page)|^(Home|End)$/.test(key) || (key.length === 1 && key !== ' '));

/**
 * Handlers of a field whose value does something at once. Each arrow key changes the value of a closed select, so what keys
 * choose counts once Enter confirms it or the field is left; Escape takes it back.
 */
export function useConfirmed(value: string, take: (value: string) => void) {
  const isDraft = useRef(false);
  function confirm({ currentTarget }: FieldEvent): void {
    const chosen = currentTarget.value;
    // A field that is removed is also left, and must not count twice.
    currentTarget.value = value;
    isDraft.current = false;
    if (chosen !== value) take(chosen);
  }
  return {
    value,
    'aria-description': say('Enter confirms the choice.'),
    onPointerDown: () => {
      isDraft.current = false;
    },
    onKeyDown: (event: KeyboardEvent & FieldEvent) => {
      const { key, currentTarget } = event;
      if (key === 'Escape') currentTarget.value = value;
      if (key === 'Enter' && currentTarget.value !== value) {
        event.preventDefault();
        confirm(event);
      } else if (key !== 'Tab') isDraft.current = choosesBy(event);
    },
    onChange: (event: FieldEvent) => {
      if (!isDraft.current) confirm(event);
    },
    onBlur: confirm,
  };
}
