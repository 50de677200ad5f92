import { type Quad, Store } from 'n3';
import Validator from 'rdf-validate-shacl';

/** What breaks the shapes: the node and the path of each. */
export async function validateShapes(shapes: readonly Quad[], data: readonly Quad[]): Promise<readonly string[]> {
  const validator = new Validator(new Store([...shapes]) as never, { allowNamedNodeInList: true });
  const report = await validator.validate(new Store([...data]) as never);
  return report.results.map(({ focusNode, path, sourceConstraintComponent }) =>
    [focusNode, path, sourceConstraintComponent].map((term) => (term as { value?: string } | null)?.value).join(' '),
  );
}
