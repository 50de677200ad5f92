import { memoize } from '../../ontology/memoize.ts';
import type { Ontology } from '../../ontology/ontology.ts';

/** A relation in a pattern, with the nodes at both sides as far as they have no labels: `(a)<-[r:CITES|X]-(b`. */
const relationInPattern = /(\(\w*\))?(<?-\[\w*:)([\w|]+)((?:\*[\d.]*)?\]->?)(\(\w*(?=[\s){]))?/g;

/** `:Entity` as a label, not as the beginning of another one or of a label expression that was completed before. */
const anyEntity = /:Entity\b(?![&|])/g;

type Complete = (text: string) => string;

/** What completes the statements for one ontology; nothing has to be where all kinds are left. */
const completionFor = memoize((ontology: Ontology): Complete => {
  const { partOf, provenance, kindNames } = ontology;
  if (partOf === null || partOf.kindNames.length === kindNames.length) return (text) => text;
  const kinds = kindNames.join('|');
  const citing = provenance?.relation;
  // `(node)` and `(node` alike.
  const labelled = (node: string | undefined) => node?.replace(/^\((\w*)/, `($1:${kinds}`) ?? '';
  return (text) =>
    text
      .replace(relationInPattern, (whole, near, opening: string, types: string, closing: string, far) =>
        citing !== undefined && types.split('|').includes(citing)
          ? `${labelled(near)}${opening}${types}${closing}${labelled(far)}`
          : whole,
      )
      .replace(anyEntity, `:Entity&(${kinds})`);
});

/**
 * The text of a statement that a role may have run: an entity of any kind is one of the kinds that it sees, at both ends of
 * the relation of provenance too, which alone may start at any kind. All other relations, kinds and properties are in a
 * statement because the ontology of the role has them.
 */
export const narrowedText = (ontology: Ontology, text: string): string => completionFor(ontology)(text);
