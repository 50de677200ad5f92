import { capitalized } from '../../../ontology/letter-case.ts';
import { memoize } from '../../../ontology/memoize.ts';
import type { Ontology } from '../../../ontology/ontology.ts';
import type { Outcome } from '../answer.ts';
import type { EntityName, RecordState } from '../change.ts';
import { checkProperties } from '../check/check-properties.ts';
import { checkEnds, checkSources, one } from '../check/check-references.ts';
import { quoted } from '../check/quoted.ts';
import type { Operation } from '../operation.ts';
import {
  checkCircle,
  checkEntity,
  checkOnlyTarget,
  checkRevision,
  checkState,
  conflict,
  type Fault,
  faultIn,
  leadsTo,
  nameOf,
  stillLedTo,
  stillRestedOn,
  wrong,
} from './check-operation.ts';
import { isSameState, withGiven } from './record-state.ts';
import type { WorkingEntity, WorkingGraph } from './working-graph.ts';

/** Outcome of an operation; if there are errors, the rest only serves to find those of the next operations. */
export interface Done {
  readonly outcome: Outcome;
  readonly entity: EntityName;
  readonly faults: readonly Fault[];
}

type Of<Action extends Operation['action']> = Extract<Operation, { readonly action: Action }>;

/** Does an operation to the working graph, after those before it. */
export function doOperation(graph: WorkingGraph, operation: Operation): Done {
  const past = checkState(graph, operation);
  const done = doIt(graph, operation);
  return past.length === 0 ? done : { ...done, faults: past };
}

function doIt(graph: WorkingGraph, operation: Operation): Done {
  switch (operation.action) {
    case 'CREATE':
      return create(graph, operation);
    case 'UPDATE':
      return update(graph, operation);
    case 'UPSERT':
      return upsert(graph, operation);
    case 'DELETE':
      return remove(graph, operation);
    case 'LINK':
      return link(graph, operation);
    case 'UNLINK':
      return unlink(graph, operation);
  }
}

function create(graph: WorkingGraph, operation: Of<'CREATE' | 'UPSERT'>): Done {
  const { kind, slug, properties } = operation;
  const taken = graph.entity(slug);
  if (taken) {
    const instead = taken.kind === kind ? 'Update it, or choose another slug' : 'Choose another slug';
    const fault = conflict(['slug'], `${nameOf(taken)} already exists. ${instead}.`);
    return { outcome: 'UNCHANGED', entity: taken, faults: [fault] };
  }
  const state = withGiven(graph.ontology.propertiesOf(kind), {}, properties);
  const entity = graph.addEntity({ kind, slug }, state);
  const cited = cite(graph, entity, operation.sources);
  return { outcome: 'CREATED', entity, faults: [...checkEntity(graph, entity, state, properties), ...cited.faults] };
}

function update(graph: WorkingGraph, operation: Of<'UPDATE'>): Done {
  const found = find(graph, operation);
  if ('faults' in found) return found;
  const state = withGiven(graph.ontology.propertiesOf(found.kind), found.state ?? {}, operation.properties);
  return change(graph, found, state, operation);
}

function upsert(graph: WorkingGraph, operation: Of<'UPSERT'>): Done {
  const there = graph.entity(operation.slug);
  if (there?.kind === operation.kind) {
    const state = withGiven(graph.ontology.propertiesOf(there.kind), {}, operation.properties);
    return change(graph, there, state, operation);
  }
  const created = create(graph, operation);
  if (there || operation.expectedRevision === undefined) return created;
  const message = `${nameOf(operation)} does not exist, so it has no revision ${operation.expectedRevision}. Leave \`expectedRevision\` out to create it.`;
  return { ...created, faults: [...created.faults, conflict(['expectedRevision'], message)] };
}

function change(
  graph: WorkingGraph,
  entity: WorkingEntity,
  state: RecordState,
  { expectedRevision, sources, properties }: Of<'UPDATE' | 'UPSERT'>,
): Done {
  const past = checkRevision(entity, expectedRevision);
  const changed = !isSameState(entity.state, state);
  entity.state = state;
  const cited = cite(graph, entity, sources);
  return {
    outcome: changed || cited.changed ? 'UPDATED' : 'UNCHANGED',
    entity,
    faults: [...past, ...checkEntity(graph, entity, state, properties), ...cited.faults],
  };
}

function remove(graph: WorkingGraph, operation: Of<'DELETE'>): Done {
  const found = find(graph, operation);
  if ('faults' in found) return found;
  const { expectedRevision, detach } = operation;
  const leading = graph.relationsAt(found.slug).filter((relation) => leadsTo(graph.ontology, relation, found.slug));
  const faults = [
    ...checkRevision(found, expectedRevision),
    ...(detach || leading.length === 0 ? [] : [stillLedTo(found, leading)]),
    ...stillRestedOn(graph, found),
  ];
  graph.removeEntity(found);
  return { outcome: 'DELETED', entity: found, faults };
}

function link(graph: WorkingGraph, operation: Of<'LINK'>): Done {
  const { ontology } = graph;
  const { relation: type, from, to, expectedRevision } = operation;
  const definitions = ontology.edgePropertiesOf(type);
  const entity = startOf(graph, operation);
  const kindOf = (slug: string) => graph.entity(slug)?.kind;
  const properties = withGiven(definitions, {}, operation.properties);
  const sources = operation.sources?.length === 0 ? undefined : operation.sources;
  const ends = checkEnds(ontology, type, from, to, kindOf);
  const faults = [
    ...ends.map((fault) => faultIn([], fault)),
    ...checkRevision(graph.entity(from), expectedRevision),
    ...checkProperties(ontology, definitions, properties).map((fault) => faultIn(['properties'], fault)),
    ...checkSources(ontology, sources, kindOf).map((fault) => faultIn([], fault)),
  ];
  const [start, end] = [graph.entity(from), graph.entity(to)];
  if (ends.length > 0 || !start || !end) return { outcome: 'UNCHANGED', entity, faults };

  const state: RecordState = {
    ...(Object.keys(properties).length === 0 ? {} : { properties }),
    ...(sources === undefined ? {} : { sources }),
  };
  const there = graph.relation(type, from, to);
  if (there) {
    const outcome = isSameState(there.state, state) ? 'UNCHANGED' : 'UPDATED';
    there.state = state;
    return { outcome, entity, faults };
  }
  const refused = [...checkOnlyTarget(graph, type, from), ...checkCircle(graph, type, from, to)];
  graph.addRelation(type, start, end, state);
  return { outcome: 'CREATED', entity, faults: [...faults, ...refused] };
}

function unlink(graph: WorkingGraph, operation: Of<'UNLINK'>): Done {
  const { relation: type, from, to, expectedRevision } = operation;
  const entity = startOf(graph, operation);
  const there = graph.relation(type, from, to);
  if (!there) {
    const message = `There is no relation ${type} from ${quoted(from)} to ${quoted(to)} to unlink.`;
    return { outcome: 'UNCHANGED', entity, faults: [wrong([], message)] };
  }
  graph.removeRelation(there);
  return { outcome: 'DELETED', entity, faults: checkRevision(graph.entity(from), expectedRevision) };
}

/** The entity that an operation names, or why it cannot be had. */
function find(graph: WorkingGraph, { kind, slug }: EntityName): WorkingEntity | Done {
  const there = graph.entity(slug);
  if (there?.kind === kind) return there;
  const message = there
    ? `${quoted(slug)} is ${one(there.kind)}, not ${one(kind)}. Send it as ${one(there.kind)}.`
    : `There is no ${kind} ${quoted(slug)}. Check the slug, or find it with \`search\`.`;
  return { outcome: 'UNCHANGED', entity: { kind, slug }, faults: [wrong(['slug'], message)] };
}

/** The start entity of a relation, as results refer to it. */
function startOf(graph: WorkingGraph, { relation, from }: Of<'LINK' | 'UNLINK'>): EntityName {
  return graph.entity(from) ?? { kind: graph.ontology.relation(relation).from, slug: from };
}

/** A citation that says no more: of each required set of values it has the first, which is the most general. */
const plainCitation = memoize(({ provenance, edgePropertiesOf, enumeration: enumerationOf }: Ontology): RecordState => {
  const properties = Object.entries(provenance ? edgePropertiesOf(provenance.relation) : {});
  const values = properties.flatMap(([name, { required, list, enumeration }]) => {
    if (!required || enumeration === undefined) return [];
    const [first] = Object.keys(enumerationOf(enumeration).values);
    return [[name, list ? [first] : first] as const];
  });
  return values.length === 0 ? {} : { properties: Object.fromEntries(values) };
});

/** Makes an entity cite what it does not cite yet. */
function cite(graph: WorkingGraph, entity: EntityName, given: readonly string[] | undefined) {
  const { ontology } = graph;
  const { provenance } = ontology;
  const sources = given?.length === 0 ? undefined : given;
  if (sources !== undefined && entity.kind === provenance?.kind) {
    const message = `${capitalized(one(entity.kind))} cannot cite sources. Leave \`sources\` out.`;
    return { changed: false, faults: [wrong(['sources'], message)] };
  }
  const faults = checkSources(ontology, sources, (slug) => graph.entity(slug)?.kind).map((fault) => faultIn([], fault));
  if (!provenance) return { changed: false, faults };
  let changed = false;
  for (const slug of sources ?? []) {
    const source = graph.entity(slug);
    if (source?.kind !== provenance.kind || graph.relation(provenance.relation, entity.slug, slug)) continue;
    graph.addRelation(provenance.relation, entity, source, plainCitation(ontology));
    changed = true;
  }
  return { changed, faults };
}
