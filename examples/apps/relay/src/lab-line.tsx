import { graphql, useFragment } from 'react-relay';
import type { labLine_lab$key } from './__generated__/labLine_lab.graphql';

const fragment = graphql`
  fragment labLine_lab on Lab {
    name
    designation
  }
`;

interface LabLineProps {
  readonly lab: labLine_lab$key;
  readonly onChoose: () => void;
}

export function LabLine({ lab, onChoose }: LabLineProps) {
  const { name, designation } = useFragment(fragment, lab);
  return (
    <>
      <button type="button" onClick={onChoose}>
        {name}
      </button>
      {designation === 'BELT_AND_ROAD_JOINT_LABORATORY' && <em> Belt and Road Joint Laboratory</em>}
    </>
  );
}
