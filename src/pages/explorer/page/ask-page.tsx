import { addressOf, analyses, firstView } from '../navigation/address.ts';
import { wordsOfAnalyses } from '../parts/analyses.ts';
import { useTitle } from '../parts/use-title.ts';
import { say } from '../settings/say.tsx';

/** The analyses, each a link to its page. */
export function Analyses() {
  return (
    <ul class="questions">
      {analyses.map((name) => {
        const { title, about } = wordsOfAnalyses[name];
        return (
          <li key={name}>
            <a href={addressOf({ ...firstView, page: name })}>
              <strong>{title()}</strong> <span class="about">{about()}</span>
            </a>
          </li>
        );
      })}
    </ul>
  );
}

/** The page that leads to all analyses. */
export function AskPage() {
  useTitle(say('Ask'));
  return (
    <div class="start">
      <section>
        <h1>{say('Ask your own question')}</h1>
        <p>{say('Each of these pages opens its question in GraphQL, and exports its table.')}</p>
        <Analyses />
      </section>
    </div>
  );
}
