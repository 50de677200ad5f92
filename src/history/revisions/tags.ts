import { randomUUID } from 'node:crypto';
import neo4j, { type DateTime, type Integer, Neo4jError } from 'neo4j-driver';
import { GraphError } from '../../engine/graph/errors.ts';
import type { Graph } from '../../engine/graph/graph.ts';
import { instantText } from '../../engine/graph/instant.ts';
import type { NoParameters, Statement } from '../../engine/graph/statement.ts';

/** A name of a revision. It is given once and never moves. */
export interface Tag {
  readonly name: string;
  readonly revision: number;
  /** When it was given; RFC 3339. */
  readonly createdAt: string;
  readonly author: string;
}

/** The tag cannot be given; the message says why. */
export class TagRefused extends Error {
  override readonly name = 'TagRefused';
}

/** Maximum number of tags, so that a list of them is always short. */
const MOST_TAGS = 10_000;

const LONGEST_NAME = 100;

/** A number, or a day: the revision that was the newest at its end. */
const namesRevision = /^(?:\d+|\d{4}-\d\d-\d\d)$/;

type TagColumns = readonly [name: string, revision: number, createdAt: DateTime<number>, author: string];

const returned = 'RETURN tag.name, tag.revision, tag.createdAt, tag.author';

const byName: Statement<{ readonly name: string }, TagColumns> = {
  name: 'tag-by-name',
  text: `MATCH (tag:\`_Tag\` {name: $name}) ${returned}`,
};

const all: Statement<NoParameters, TagColumns> = {
  name: 'tags',
  text: `MATCH (tag:\`_Tag\`) ${returned} ORDER BY tag.revision, tag.name`,
};

interface CreateParameters {
  readonly name: string;
  readonly revision: Integer;
  readonly author: string;
  /** Identifies the request, so that what is done again after a broken connection finds its own tag. */
  readonly request: string;
}

const create: Statement<CreateParameters, TagColumns> = {
  name: 'tag-create',
  text: `MERGE (tag:\`_Tag\` {name: $name, request: $request})
ON CREATE SET tag.revision = $revision, tag.author = $author, tag.createdAt = datetime()
${returned}`,
};

const tagOf = ([name, revision, createdAt, author]: TagColumns): Tag => ({
  name,
  revision,
  createdAt: instantText(createdAt),
  author,
});

/** The tag of a name; `undefined` if it was not given. @throws GraphError */
export async function tagNamed(graph: Graph, name: string): Promise<Tag | undefined> {
  const [row] = await graph.read(byName, { name });
  return row && tagOf(row);
}

/** All tags, by revision. @throws GraphError */
export const readTags = async (graph: Graph): Promise<readonly Tag[]> => (await graph.read(all, {})).map(tagOf);

/**
 * Names a revision, which must exist.
 * @throws TagRefused, GraphError
 */
export async function createTag(graph: Graph, name: string, revision: number, author: string): Promise<Tag> {
  if (name.length > LONGEST_NAME || !/^[a-z\d](?:[a-z\d._-]*[a-z\d])?$/i.test(name) || namesRevision.test(name)) {
    throw new TagRefused(
      `${JSON.stringify(name.slice(0, LONGEST_NAME))} cannot be a tag. Use 1 to ${LONGEST_NAME} letters, digits, dots, hyphens and underscores, not a number or a day, as in 2026-report.`,
    );
  }
  if ((await readTags(graph)).length >= MOST_TAGS)
    throw new TagRefused(`The graph has ${MOST_TAGS} tags, the maximum.`);
  try {
    const given = { name, revision: neo4j.int(revision), author, request: randomUUID() };
    const [row] = await graph.write((run) => run(create, given));
    if (!row) throw new Error('The tag was not created.');
    return tagOf(row);
  } catch (error) {
    if (!isTaken(error)) throw error;
    const held = await tagNamed(graph, name);
    throw new TagRefused(
      `The tag ${name} was already given, to revision ${held?.revision}. Tags never move; choose another name.`,
    );
  }
}

function isTaken(error: unknown): boolean {
  const cause = error instanceof GraphError ? error.cause : error;
  return cause instanceof Neo4jError && cause.code === 'Neo.ClientError.Schema.ConstraintValidationFailed';
}
