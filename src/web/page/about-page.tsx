import { singleResource } from '../api/resource.ts';
import { Await } from '../parts/parts.tsx';

const notice = singleResource(async () => {
  const response = await fetch('/explore/notice.txt');
  if (!response.ok) throw new Error(`The server answered with ${response.status}.`);
  return response.text();
});

/** How far the data can be trusted, and whom it owes a notice. */
export function AboutPage() {
  return (
    <div class="narrow prose">
      <h1>About the data</h1>
      <p>
        Facts about cooperation in science and technology along the Belt and Road, as far as public sources tell. What
        is not known is left out, and what sources contradict is said with the entity it concerns.
      </p>
      <h2>The title, and context</h2>
      <p>
        A laboratory is called <strong>titled</strong> where its designation is{' '}
        <code>BELT_AND_ROAD_JOINT_LABORATORY</code>: a source gives it the national title. All others are held as
        context and marked so. The laboratories held are those that press and institutes wrote about; their counts by
        year, country or area say nothing about the whole. Official totals are compared with titled laboratories alone.
      </p>
      <h2>Sources</h2>
      <p>
        Each relation shows its own sources, or else those of the entity that it is stated of. Reliability is{' '}
        <strong>high</strong> for official, institutional and established sources, <strong>medium</strong> for ordinary
        press with a traceable origin, and <strong>low</strong> for re-posts, machine-altered copies and unknown sites.
        Re-posts are told as text and not linked.
      </p>
      <h2>Years</h2>
      <p>
        The year of a laboratory is that of its recognition, where one is known; otherwise that of its first known
        milestone, which may be long after its beginning. The timeline says which.
      </p>
      <h2>The map</h2>
      <p>
        Outlines are those of Natural Earth, in the public domain, by way of the package world-atlas, simplified. Lines
        are drawn as they stand there and claim nothing about any territory. A circle stands in the middle of the
        largest part of a country, not where a laboratory is.
      </p>
      <h2>Notices</h2>
      <Await resource={notice()} what="the notices">
        {(text) => <pre class="notice">{text}</pre>}
      </Await>
    </div>
  );
}
