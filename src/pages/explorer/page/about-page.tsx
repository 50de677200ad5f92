import { singleResource } from '../api/resource.ts';
import { Marked } from '../parts/marked.tsx';
import { Await } from '../parts/parts.tsx';
import { useTitle } from '../parts/use-title.ts';
import { settings } from '../settings/known.ts';
import { say } from '../settings/say.tsx';
import { asWritten } from '../settings/written.tsx';

const notice = singleResource(async () => {
  const response = await fetch('explore/notice.txt');
  if (!response.ok) throw new Error(`The server responded with status ${response.status}.`);
  return response.text();
});

/** How reliable the data is, and the notices of its sources. */
export function AboutPage() {
  const { about, hasNotice } = settings();
  useTitle(say('About the data'));
  return (
    <div class="narrow prose">
      <h1>{say('About the data')}</h1>
      {about.flatMap(({ title, text }) => [
        ...(title === undefined
          ? []
          : [
              <h2 key={title} {...asWritten(title)}>
                {title}
              </h2>,
            ]),
        <p key={text} {...asWritten(text)}>
          <Marked text={text} />
        </p>,
      ])}
      {hasNotice && (
        <>
          <h2>{say('Notices')}</h2>
          <Await resource={notice()} what={say('the notices')}>
            {(text) => (
              <pre class="notice" {...asWritten(text)}>
                {text}
              </pre>
            )}
          </Await>
        </>
      )}
    </div>
  );
}
