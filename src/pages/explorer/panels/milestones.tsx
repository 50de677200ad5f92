import type { Card, SourceCard } from '../../drawing/answers.ts';
import { capitalized, dateInWords } from '../../drawing/words.ts';
import { Sources } from '../parts/parts.tsx';
import { settings, valueInWords } from '../settings/known.ts';
import { say } from '../settings/say.tsx';
import { Written } from '../settings/written.tsx';
import { EntityLink } from './relation-list.tsx';

export interface Milestone {
  readonly date: string | null;
  readonly type?: string | null;
  readonly text: string;
  readonly source?: SourceCard | null;
  /** The entity whose step it is, where those of several stand together. */
  readonly of?: Card;
}

/** Dated steps, as a section. */
export function Milestones({
  milestones,
  title,
}: {
  readonly milestones: readonly Milestone[];
  readonly title: string;
}) {
  return (
    <section>
      <h3>{title}</h3>
      <ol class="milestones">
        {milestones.map(({ date, type, text, source, of }) => (
          <li key={`${of?.slug} ${date} ${text}`}>
            <span class="date">{date ? dateInWords(date) : say('undated')}</span>{' '}
            {type && (
              <span class="about">{capitalized(valueInWords(settings().milestoneType ?? undefined, type))}</span>
            )}{' '}
            {of && (
              <>
                <EntityLink entity={of} />{' '}
              </>
            )}
            <Written text={text} />
            {source && <Sources sources={[source]} isOwn />}
          </li>
        ))}
      </ol>
    </section>
  );
}
