import { useState } from 'preact/hooks';
import { capitalized } from '../../drawing/words.ts';
import { relationNamed } from '../api/ontology.ts';
import { nearest, passFocus } from '../keyboard/pass-focus.ts';
import {
  fieldsOfKind,
  type Link,
  MOST_THINGS,
  type Pattern,
  type Thing,
  withLink,
  withoutLink,
} from '../navigation/pattern.ts';
import { Glyph } from '../parts/parts.tsx';
import { relationTitle, settings, verbOf } from '../settings/known.ts';
import { say } from '../settings/say.tsx';
import { Choice } from './analysis-page.tsx';
import { EntityChoice } from './entity-choice.tsx';
import { thingInWords } from './pattern.ts';
import { ThingFilters } from './thing-filters.tsx';

interface PatternFormProps {
  readonly pattern: Pattern;
  readonly onChange: (pattern: Pattern) => void;
}

function ThingCard({
  of,
  isFirst,
  onChange,
  onKind,
}: {
  readonly of: Thing;
  readonly isFirst: boolean;
  readonly onChange: (thing: Thing) => void;
  readonly onKind: (kind: string) => void;
}) {
  const { name, kind, slug, where } = of;
  const { slug: _slug, ...any } = of;
  return (
    <li class="thing">
      <h2>
        <Glyph kind={kind} /> {thingInWords(of)}
      </h2>
      {isFirst && (
        <Choice label={say('Begin with')} value={kind} isConfirmed onChange={onKind}>
          {Object.entries(settings().kinds).map(([typeName, { full }]) => (
            <option key={typeName} value={typeName}>
              {capitalized(full)}
            </option>
          ))}
        </Choice>
      )}
      <ThingFilters key={`${name} ${kind}`} of={of} onChange={(chosen) => onChange({ ...of, where: chosen })} />
      <details class="thing-only" open={slug !== undefined}>
        <summary>{say('Only one of them')}</summary>
        <EntityChoice
          label={say('Which one')}
          slugs={slug === undefined ? [] : [slug]}
          most={1}
          onChange={([chosen]) => onChange(chosen === undefined ? any : { ...any, slug: chosen, where })}
        />
      </details>
    </li>
  );
}

function LinkRow({ of, pattern, onChange }: PatternFormProps & { readonly of: Link }) {
  const nameOfThing = (name: string) => {
    const thing = pattern.things.find((each) => each.name === name);
    return thing ? thingInWords(thing) : name;
  };
  const { from, relation, to, isNegated } = of;
  function remove({ currentTarget }: { readonly currentTarget: HTMLElement }) {
    const form = currentTarget.closest('.pattern-form');
    const buttons = () => form?.querySelectorAll<HTMLElement>('.pattern-link button') ?? [];
    const index = [...buttons()].indexOf(currentTarget);
    passFocus(() => nearest(buttons(), index) ?? form?.querySelector<HTMLElement>('.analysis-form select'));
    onChange(withoutLink(pattern, of));
  }
  return (
    <li class="pattern-link">
      <span>
        {nameOfThing(from)} <em>{verbOf(relation, true, relationNamed(relation))}</em> {nameOfThing(to)}
      </span>
      <label>
        <input
          type="checkbox"
          checked={isNegated}
          onChange={({ currentTarget }) =>
            onChange({
              ...pattern,
              links: pattern.links.map((each) => (each === of ? { ...of, isNegated: currentTarget.checked } : each)),
            })
          }
        />{' '}
        {say('must not exist')}
      </label>
      <button type="button" class="small" onClick={remove}>
        {say('Remove')}
      </button>
    </li>
  );
}

/** Adds a relation: from an entity of the pattern, to another one or to a new one. */
function NewLink({ pattern, onChange }: PatternFormProps) {
  const [start, setStart] = useState('a');
  const thing = pattern.things.find(({ name }) => name === start) ?? pattern.things[0];
  if (!thing) return null;
  const fields = fieldsOfKind(thing.kind);
  const isFull = pattern.things.length >= MOST_THINGS;
  return (
    <form class="analysis-form" onSubmit={(event) => event.preventDefault()}>
      {pattern.things.length > 1 && (
        <Choice label={say('From')} value={thing.name} onChange={setStart}>
          {pattern.things.map((each) => (
            <option key={each.name} value={each.name}>
              {thingInWords(each)}
            </option>
          ))}
        </Choice>
      )}
      <Choice
        label={say('Add a relation')}
        value=""
        isConfirmed
        onChange={(value) => {
          const [name = '', far = ''] = value.split('~');
          const field = settings().kinds[thing.kind]?.fields[name];
          if (field) onChange(withLink(pattern, thing.name, field, far === '' ? undefined : far));
        }}
      >
        <option value="">{say('Choose a relation')} …</option>
        {fields.flatMap(([name, { relation, isForward, target }]) => {
          const title = relationTitle(relation, isForward, relationNamed(relation));
          const known = pattern.things.filter((each) => each.kind === target && each !== thing);
          const options = known.map((each) => (
            <option key={`${name}~${each.name}`} value={`${name}~${each.name}`}>
              {title} → {thingInWords(each)}
            </option>
          ));
          if (isFull) return options;
          return [
            <option key={name} value={name}>
              {title} → {say('a new {kind}', { kind: settings().kinds[target]?.fullOne ?? target })}
            </option>,
            ...options,
          ];
        })}
      </Choice>
    </form>
  );
}

/** The form of a pattern: its entities with their filters, and the relations between them. */
export function PatternForm({ pattern, onChange }: PatternFormProps) {
  const { things, links } = pattern;
  return (
    <div class="pattern-form">
      <ul class="things">
        {things.map((thing, index) => (
          <ThingCard
            key={thing.name}
            of={thing}
            isFirst={index === 0}
            onChange={(changed) =>
              onChange({ ...pattern, things: things.map((each) => (each === thing ? changed : each)) })
            }
            onKind={(kind) => onChange({ things: [{ name: 'a', kind, where: [] }], links: [] })}
          />
        ))}
      </ul>
      {links.length > 0 && (
        <ul class="pattern-links" aria-label={say('Relations')}>
          {links.map((link) => (
            <LinkRow key={`${link.from} ${link.relation} ${link.to}`} of={link} pattern={pattern} onChange={onChange} />
          ))}
        </ul>
      )}
      <NewLink pattern={pattern} onChange={onChange} />
    </div>
  );
}
