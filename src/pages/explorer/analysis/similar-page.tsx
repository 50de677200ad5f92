import type { Card } from '../../drawing/answers.ts';
import { bracketed, counted, labelled, numberInWords } from '../../drawing/words.ts';
import { AskError, type Asked } from '../api/ask.ts';
import { nameNamed } from '../api/cards.ts';
import { missingEntity } from '../api/missing-entity.ts';
import { askInOntology, relationNamed } from '../api/ontology.ts';
import { arrived, keyedResource } from '../api/resource.ts';
import { addressOfAnalysis, slugsIn, slugsText } from '../navigation/form.ts';
import { view } from '../navigation/navigation.ts';
import { EntityLink } from '../panels/relation-list.tsx';
import { Await, nameOf } from '../parts/parts.tsx';
import { type Sheet, sheetOf } from '../parts/sheet.ts';
import { queryNamed, relationTitle } from '../settings/known.ts';
import { say } from '../settings/say.tsx';
import { AnalysisPage } from './analysis-page.tsx';
import { changeForm } from './change-form.ts';
import { EntityChoice } from './entity-choice.tsx';

interface Reason {
  readonly relation: string;
  readonly direction: string;
  readonly entity: Card;
  /** How many relations the shared entity has. */
  readonly relations: number;
}

interface Similar {
  readonly score: number;
  /** From 0 to 1. */
  readonly likeness: number;
  readonly sharedCount: number;
  readonly entity: Card;
  readonly sharedBecause: readonly Reason[];
}

/** Most reasons that a row names. */
const MOST_REASONS = 3;

const askedFor = (slug: string): Asked => ({ query: queryNamed('similar'), variables: { to: slug, limit: 20 } });

const similarTo = keyedResource(async (slug): Promise<readonly Similar[]> => {
  try {
    const { similar } = await askInOntology<{ similar: readonly Similar[] }>(askedFor(slug));
    return similar;
  } catch (error) {
    throw error instanceof AskError ? missingEntity(error, [slug]) : error;
  }
});

const reasonInWords = ({ relation, direction, entity }: Reason) =>
  labelled(relationTitle(relation, direction === 'FORWARD', relationNamed(relation)), nameOf(entity));

const sheetOfSimilar = (slug: string, found: readonly Similar[]): Sheet =>
  sheetOf(say('Similar to {name}', { name: nameNamed(slug) }), found, [
    [say('Name'), ({ entity }) => nameOf(entity)],
    [say('ID'), ({ entity }) => entity.slug],
    [say('Likeness'), ({ likeness }) => Number(likeness.toFixed(4))],
    [say('In common'), ({ sharedCount }) => sharedCount],
    [say('Because of'), ({ sharedBecause }) => sharedBecause.map(reasonInWords).join('; ')],
  ]);

function Ranking({ slug, found }: { readonly slug: string; readonly found: readonly Similar[] }) {
  return (
    <ol class="likeness">
      {found.map(({ entity, likeness, sharedCount, sharedBecause }) => (
        <li key={entity.slug}>
          <p class="likeness-head">
            <EntityLink entity={entity} />
            <span class="score">{say('Likeness {number}', { number: likeness.toFixed(2) })}</span>
            <a href={addressOfAnalysis('compare', { with: slugsText([slug, entity.slug]) })}>
              {say('{count} in common', { count: numberInWords(sharedCount) })}
            </a>
          </p>
          <svg class="bar-of-value" viewBox="0 0 100 2" preserveAspectRatio="none" aria-hidden="true">
            <rect width={100 * likeness} height="2" />
          </svg>
          <ul class="entity-row">
            <li class="of">{say('Rarest in common')}</li>
            {sharedBecause.slice(0, MOST_REASONS).map(({ relation, entity: shared, relations }) => (
              <li key={`${relation} ${shared.slug}`}>
                <EntityLink entity={shared} /> <span class="hint">{bracketed(counted(relations, 'relation'))}</span>
              </li>
            ))}
            {sharedCount > MOST_REASONS && (
              <li class="hint">{say('{count} more', { count: numberInWords(sharedCount - MOST_REASONS) })}</li>
            )}
          </ul>
        </li>
      ))}
    </ol>
  );
}

/** The page of similar entities: those that share most with an entity, and what they share. */
export function SimilarPage() {
  const [slug] = slugsIn(view.value.form.with);
  const found = slug === undefined ? undefined : arrived(similarTo(slug));
  return (
    <AnalysisPage
      name="similar"
      title={slug === undefined ? '' : nameNamed(slug)}
      sheet={slug !== undefined && found ? () => sheetOfSimilar(slug, found) : undefined}
      asked={slug === undefined ? undefined : askedFor(slug)}
      form={
        <EntityChoice
          label={say('Similar to')}
          slugs={slug === undefined ? [] : [slug]}
          most={1}
          onChange={(chosen) => changeForm({ with: slugsText(chosen) })}
        />
      }
    >
      {slug === undefined ? (
        <p class="empty">{say('Choose an entity.')}</p>
      ) : (
        <Await resource={similarTo(slug)} what={say('the similar entities')}>
          {(loaded) =>
            loaded.length === 0 ? (
              <p class="empty">{say('No other entity of its kind shares anything with it. Choose another one.')}</p>
            ) : (
              <>
                <p class="hint">
                  {say(
                    'Likeness is the share, from 0 to 1, of what this entity has in common with any other. A link that few entities share counts more than one that many share.',
                  )}
                </p>
                <Ranking slug={slug} found={loaded} />
              </>
            )
          }
        </Await>
      )}
    </AnalysisPage>
  );
}
