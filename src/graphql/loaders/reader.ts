import DataLoader from 'dataloader';
import type { Graph, Parameters, ReadOptions } from '../../engine/graph/graph.ts';
import { createSemaphore } from '../../engine/graph/semaphore.ts';
import type { Row, Statement } from '../../engine/graph/statement.ts';
import { partStatement } from '../../engine/parts/part-statement.ts';
import { isPart, joined, partOf, partsOf, piecesOf } from '../../engine/parts/parts.ts';
import type { StatementTiers } from '../../engine/planning/statement-tiers.ts';
import { compile } from '../../engine/reads/compile.ts';
import {
  type AnswerOf,
  type ConnectionPlan,
  type FanOutPlan,
  type ReadPlan,
  type RelationPlan,
  type TargetPlan,
  wantsRowsAlone,
} from '../../engine/reads/plan.ts';
import { Connection, type Entity, type RelationAnswer, relationAnswer, targetEntity } from '../../engine/reads/rows.ts';
import { getOrInsert } from '../../ontology/get-or-insert.ts';

/** Reads the graph for one request: reads requested at the same time share a statement. */
export interface Reader {
  /** A page of the entities of a kind. @throws GraphError */
  page(plan: ConnectionPlan): Promise<Connection>;
  /**
   * Entities by slug, in the order of the slugs, `null` for missing ones, with the fields selected by a field or by
   * another selection somewhere below it.
   * @throws GraphError
   */
  entities(target: TargetPlan, slugs: readonly string[]): Promise<readonly (Entity | null)[]>;
  /** A relation of one entity; requests for many entities with the same plan share a read. @throws GraphError */
  relation(of: Entity, plan: RelationPlan): Promise<RelationAnswer>;
}

export interface ReaderOptions {
  readonly readsPerStatement?: number;
  /** Which statements are new, and therefore read by parts; without it none are. */
  readonly tiers?: StatementTiers | undefined;
  /** Has Neo4j plan all parts first; then the whole, which is read, or nothing else. */
  readonly plansAhead?: 'everything' | 'parts' | undefined;
}

/** More reads than this are split over several statements, so that none grows beyond what Neo4j plans quickly. */
const READS_PER_STATEMENT = 20;

/** Parts that are read at the same time. The driver has two connections for each operation in flight. */
const PARTS_AT_ONCE = 2;

/** What was read: a plan, or the part of it that stands in its place, with its result. */
interface Read<Plan extends ReadPlan> {
  readonly plan: Plan;
  readonly answer: AnswerOf<Plan>;
}

interface RelationKey {
  readonly of: Entity;
  readonly plan: RelationPlan;
}

/** A reader for one request. Aborting the signal stops what it reads. */
export function createReader(
  graph: Graph,
  options: ReadOptions = {},
  { readsPerStatement = READS_PER_STATEMENT, tiers, plansAhead }: ReaderOptions = {},
): Reader {
  const inTurn = createSemaphore({ atOnce: PARTS_AT_ONCE });

  /** A statement that is planned takes nothing of what its caller may have planned. */
  async function run<Columns extends Row>(
    statement: Statement<Parameters, Columns>,
    parameters: Parameters,
  ): Promise<readonly Columns[]> {
    const isPlanned = tiers?.knows(statement) ?? false;
    const rows = await graph.read(statement, parameters, isPlanned ? { ...options, admit: undefined } : options);
    if (!isPlanned) tiers?.learn(statement);
    return rows;
  }

  async function readPart(plan: ReadPlan): Promise<Read<ReadPlan>> {
    const answers = await Promise.all(
      piecesOf(plan).map(async (piece) => {
        const { statement, parameters, read } = ofPart(graph, piece);
        return read(await inTurn(() => run(statement, parameters)));
      }),
    );
    return { plan, answer: joined(plan, answers) };
  }

  const whole = new DataLoader<ReadPlan, Read<ReadPlan>>(
    async (plans) => {
      const all = together(graph, plans);
      if (tiers && plansAhead) {
        const statements = plans.flatMap(partsOf).map((part) => ofPart(graph, part));
        for (const { statement, parameters } of plansAhead === 'parts' ? statements : [...statements, all]) {
          await tiers.plan(statement, parameters, { signal: options.signal });
        }
        if (plansAhead === 'parts') return plans.map((plan): Read<ReadPlan> => ({ plan, answer: emptyAnswer(plan) }));
      } else if (tiers && !tiers.isPlanned(all.statement, all.parameters, options)) {
        return Promise.all(plans.map((plan) => readPart(partOf(plan))));
      }
      const [values = []] = await run(all.statement, all.parameters);
      return plans.map((plan, index): Read<ReadPlan> => ({ plan, answer: all.read(index, values[index]) }));
    },
    { cache: false, maxBatchSize: readsPerStatement },
  );
  // The loader knows plans and answers only together; the answer to a plan is of its shape.
  const read = <Plan extends ReadPlan>(plan: Plan) =>
    (isPart(plan) ? readPart(plan) : whole.load(plan)) as Promise<Read<Plan>>;

  const relations = new DataLoader<RelationKey, RelationAnswer, string>(
    async (keys) => {
      const parents = new Map<RelationPlan, Entity[]>();
      for (const { of, plan } of keys) getOrInsert(parents, plan, () => []).push(of);
      const reads = [...parents].map(async ([plan, entities]) => {
        const found = await read(fanOut(plan, entities));
        return [plan, { plan: found.plan.relation, bySlug: new Map(found.answer) }] as const;
      });
      const answers = new Map(await Promise.all(reads));
      return keys.map(({ of, plan }) => {
        const found = answers.get(plan);
        const answer = found?.bySlug.get(of.slug);
        return found && answer !== undefined ? relationAnswer(found.plan, answer, of) : null;
      });
    },
    { cache: false },
  );

  return {
    async page(wanted) {
      const { plan, answer } = await read(wanted);
      return new Connection(plan, answer);
    },
    async entities(target, slugs) {
      const { plan, answer } = await read({ shape: 'lookup', target, slugs });
      const bySlug = new Map(
        answer.map((row) => targetEntity(plan.target, row)).map((entity) => [entity.slug, entity]),
      );
      return slugs.map((slug) => bySlug.get(slug) ?? null);
    },
    relation: (of, plan) => relations.load({ of, plan }),
  };
}

/** The statement of a piece of a part. */
function ofPart({ ontology }: Graph, plan: ReadPlan) {
  const { text, parameters, read } = partStatement(ontology, plan);
  const statement: Statement<Parameters, Row> = { name: nameOf(plan), text };
  return { statement, parameters, read };
}

/** One statement for several plans. */
function together({ ontology }: Graph, plans: readonly ReadPlan[]) {
  const compiled = plans.map((plan, index) => compile(ontology, plan, `p${index}`));
  const statement: Statement<Parameters, readonly unknown[]> = {
    name: plans.map(nameOf).join('+'),
    text: `RETURN ${compiled.map(({ expression }, index) => `${expression} AS a${index}`).join(', ')}`,
  };
  const parameters: Parameters = Object.assign({}, ...compiled.map((each) => each.parameters));
  const read = (index: number, value: unknown) => compiled[index]?.read(value) as AnswerOf<ReadPlan>;
  return { statement, parameters, read };
}

const emptyAnswer = (plan: ReadPlan): AnswerOf<ReadPlan> =>
  plan.shape === 'connection' && !wantsRowsAlone(plan) ? [[], 0, false, false] : [];

/** A relation that every kind has is one plan for parents of several kinds. */
function fanOut(relation: RelationPlan, parents: readonly Entity[]): FanOutPlan {
  const [kind, ...others] = new Set(parents.map((parent) => parent.kind));
  const slugs = [...new Set(parents.map(({ slug }) => slug))];
  return { shape: 'fanOut', kind: kind && others.length === 0 ? kind : 'Entity', relation, slugs };
}

const nameOf = (plan: ReadPlan): string => {
  if (plan.shape === 'fanOut') return `${plan.kind}.${plan.relation.relation?.relation}`;
  return `${plan.shape}-${plan.target.kind}`;
};
