import { computed } from '@preact/signals';
import type { NeighborhoodAnswer, PathAnswer, Truncation } from '../../drawing/answers.ts';
import { emptyPiece, hopKey, merge, type Piece, without } from '../../drawing/piece.ts';
import { patternDrawn, pieceOf, readMatches } from '../analysis/pattern.ts';
import { AskError, type Asked, ask } from '../api/ask.ts';
import { pieceFromAnswer } from '../api/from-answer.ts';
import { missingEntity } from '../api/missing-entity.ts';
import { ontologyResource } from '../api/ontology.ts';
import { arrived, awaited, keyedResource, type Resource } from '../api/resource.ts';
import { type PathStep, type Step, stepKey } from '../navigation/address.ts';
import { filtered } from '../navigation/filter.ts';
import { view } from '../navigation/navigation.ts';
import { queryNamed, questionNamed } from '../settings/known.ts';
import { say } from '../settings/say.tsx';

/** Most relations of a path that is searched for. */
export const hopsOf = ({ hops = 4 }: Pick<PathStep, 'hops'>): number => hops;

/** The query of a step, or undefined if the step only removes an entity. */
function askedBy(step: Step): Asked | undefined {
  switch (step.do) {
    case 'show':
      return { query: queryNamed('neighborhood'), variables: { of: [step.slug], limit: 1 } };
    case 'open':
      return {
        query: queryNamed('neighborhood'),
        variables: {
          of: [step.slug],
          ...(step.relation && { relations: [step.relation] }),
          limit: step.limit ?? 60,
        },
      };
    case 'paths':
      return {
        query: queryNamed('paths'),
        variables: {
          ...{ from: step.from, to: step.to, limit: step.limit ?? 5, maxHops: hopsOf(step) },
          ...(step.hubs && { withHubs: true }),
          ...(step.avoid && { avoid: step.avoid }),
          ...(step.via && { via: step.via }),
        },
      };
    case 'ask':
      return { query: questionNamed(step.question) ?? '' };
    case 'match':
      return patternDrawn(step);
    case 'drop':
      return undefined;
  }
}

interface Found {
  readonly paths: readonly PathAnswer[];
  readonly truncated: Truncation | null;
}

interface PathsAnswer {
  readonly paths: Found;
  /** Those through hubs too, if they are wanted. */
  readonly all?: Found;
}

/** The result of a step. */
interface Drawn extends Piece {
  /** The query that it answers: that of the step, unless this one found nothing. */
  readonly asked?: Asked;
  /** Whether paths lead through hubs although the step leaves them out, because there are no others. */
  readonly isThroughHubs?: boolean;
}

/** Relations of the largest hubs, which are left out as long as there is any other path. */
const LARGEST = 120;

/** Paths that explain most come first; those through hubs follow, or stand alone if there is no other. */
async function loadPaths(asked: Asked, isThroughHubs = false): Promise<Drawn> {
  const { paths, all } = await ask<PathsAnswer>(asked);
  if (paths.paths.length === 0 && !all) {
    const isFirst = asked.variables?.hub === undefined;
    const wider = isFirst ? { hub: LARGEST } : { withHubs: true };
    return loadPaths({ ...asked, variables: { ...asked.variables, ...wider } }, true);
  }
  const keyOf = ({ hops }: PathAnswer) => hops.map(hopKey).join(' ');
  const known = new Set(paths.paths.map(keyOf));
  const found = [...paths.paths, ...(all?.paths ?? []).filter((path) => !known.has(keyOf(path)))];
  return {
    nodes: found.flatMap(({ nodes }) => nodes),
    edges: found.flatMap(({ hops }) => hops),
    truncated: all?.truncated ?? paths.truncated,
    paths: found,
    ...{ asked, isThroughHubs },
  };
}

/** Entities that a step names. */
function namedBy(step: Step): readonly string[] {
  if (step.do === 'paths') return [step.from, step.to, ...(step.avoid ?? []), ...(step.via ?? [])];
  return 'slug' in step ? [step.slug] : [];
}

/** Loads a step. The message of the API advises programs, so an entity that does not exist is reported in other words. */
async function loadNamed(step: Step): Promise<Drawn> {
  try {
    return await load(step);
  } catch (error) {
    const named = namedBy(step);
    throw error instanceof AskError && named.length > 0 ? missingEntity(error, named) : error;
  }
}

async function load(step: Step): Promise<Drawn> {
  const asked = askedBy(step);
  if (asked === undefined) return emptyPiece;
  switch (step.do) {
    case 'paths':
      return loadPaths(asked);
    case 'ask': {
      if (asked.query === '') throw new Error(say('Unknown question: {name}.', { name: step.question }));
      const [answer, ontology] = await Promise.all([ask(asked), awaited(ontologyResource())]);
      return pieceFromAnswer(answer, ontology);
    }
    case 'match':
      return pieceOf((await readMatches(asked)).rows);
    default: {
      const { neighborhood } = await ask<{ neighborhood: NeighborhoodAnswer }>(asked);
      return neighborhood;
    }
  }
}

const steps = new Map<string, Step>();

const resources = keyedResource((key) => {
  const step = steps.get(key);
  return step ? loadNamed(step) : Promise.resolve<Drawn>(emptyPiece);
});

export interface TakenStep {
  readonly step: Step;
  readonly resource: Resource<Drawn>;
}

/** The query whose answer is drawn, or that is asked; undefined if a step only removes an entity. */
export const questionOf = ({ step, resource }: TakenStep): Asked | undefined =>
  arrived(resource)?.asked ?? askedBy(step);

/** Every step with its resource. */
export const takenSteps = computed((): readonly TakenStep[] =>
  view.value.steps.map((step) => {
    const key = stepKey(step);
    steps.set(key, step);
    return { step, resource: resources(key) };
  }),
);

/** The graph that results from all steps, in order. */
export const wholeGraph = computed(
  (): Piece =>
    takenSteps.value.reduce((graph, { step, resource }) => {
      if (step.do === 'drop') return without(graph, step.slug);
      const piece = arrived(resource);
      return piece ? merge(graph, piece) : graph;
    }, emptyPiece),
);

/** The part of the graph that passes the filters. */
export const shownGraph = computed((): Piece => filtered(wholeGraph.value, view.value));

export const isLoading = computed(() =>
  takenSteps.value.some(({ resource }) => resource.loaded.value.state === 'loading'),
);

/** Whether part of the graph failed to load. */
export const isFailed = computed(() =>
  takenSteps.value.some(({ resource }) => resource.loaded.value.state === 'failed'),
);

/** The last path search, with its resource. */
export const connection = computed(() => {
  const taken = takenSteps.value.findLast(({ step }) => step.do === 'paths');
  if (taken?.step.do !== 'paths') return undefined;
  return {
    from: taken.step.from,
    to: taken.step.to,
    step: taken.step,
    resource: taken.resource,
    asked: questionOf(taken),
  };
});
