import { singleResource } from '../api/resource.ts';
import { Await } from '../parts/parts.tsx';

const notice = singleResource(async () => {
  const response = await fetch('/explore/notice.txt');
  if (!response.ok) throw new Error(`The server responded with status ${response.status}.`);
  return response.text();
});

/** How reliable the data is, and the notices of its sources. */
export function AboutPage() {
  return (
    <div class="narrow prose">
      <h1>About the data</h1>
      <p>
        Facts about science and technology cooperation along the Belt and Road, collected from public sources. Unknown
        values are left out. Where sources disagree, the entity says so.
      </p>
      <h2>Designated laboratories and context</h2>
      <p>
        A laboratory is <strong>designated</strong> if a source reports it as an officially designated Belt and Road
        Joint Laboratory: its designation is <code>BELT_AND_ROAD_JOINT_LABORATORY</code>. All others are included as
        context and marked as such. The dataset covers laboratories that the press and institutes have written about, so
        its counts by year, country or area are not representative of all laboratories. Official totals are compared
        with designated laboratories only.
      </p>
      <h2>Sources</h2>
      <p>
        Each relation shows its own sources or, if it has none, those of its parent record. Reliability is{' '}
        <strong>high</strong> for official, institutional and established sources, <strong>medium</strong> for ordinary
        press with a traceable origin, and <strong>low</strong> for re-posts, machine-altered copies and unknown sites.
        Re-posts are shown as text without a link.
      </p>
      <h2>Years</h2>
      <p>
        The year of a laboratory is the year of its recognition if known, otherwise the year of its first known
        milestone, which may be much later than its start. The timeline shows which of the two applies.
      </p>
      <h2>The map</h2>
      <p>
        Outlines come from Natural Earth (public domain) via the package world-atlas, simplified. No position on
        territorial status is implied. Each circle is at the centre of the largest part of a country, not at the
        location of a laboratory.
      </p>
      <h2>Notices</h2>
      <Await resource={notice()} what="the notices">
        {(text) => <pre class="notice">{text}</pre>}
      </Await>
    </div>
  );
}
