import DataLoader from 'dataloader';
import type { Graph, Parameters, ReadOptions } from '../graph/graph.ts';
import { compile } from '../graph/reads/compile.ts';
import type { AnswerOf, ConnectionPlan, FanOutPlan, ReadPlan, RelationPlan, TargetPlan } from '../graph/reads/plan.ts';
import { Connection, type Entity, type RelationAnswer, relationAnswer, targetEntity } from '../graph/reads/rows.ts';
import type { Statement } from '../graph/statement.ts';

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

/** More reads than this are split over several statements, so that none grows beyond what Neo4j plans quickly. */
const READS_PER_STATEMENT = 20;

interface RelationKey {
  readonly of: Entity;
  readonly plan: RelationPlan;
}

/** A reader for one request. Aborting the signal stops what it reads. */
export function createReader(
  graph: Graph,
  options: ReadOptions = {},
  { readsPerStatement = READS_PER_STATEMENT }: { readonly readsPerStatement?: number } = {},
): Reader {
  const reads = new DataLoader<ReadPlan, AnswerOf<ReadPlan>>(
    async (plans) => {
      const compiled = plans.map((plan, index) => compile(graph.ontology, plan, `p${index}_`));
      const statement: Statement<Parameters, readonly AnswerOf<ReadPlan>[]> = {
        name: plans.map(nameOf).join('+'),
        text: `RETURN ${compiled.map(({ expression }, index) => `${expression} AS a${index}`).join(', ')}`,
      };
      const given: Parameters = Object.assign({}, ...compiled.map(({ parameters }) => parameters));
      const [answers = []] = await graph.read(statement, given, options);
      return answers;
    },
    { cache: false, maxBatchSize: readsPerStatement },
  );
  // The loader knows plans and answers only together; the answer to a plan is of its shape.
  const read = <Plan extends ReadPlan>(plan: Plan) => reads.load(plan) as Promise<AnswerOf<Plan>>;

  const relations = new DataLoader<RelationKey, RelationAnswer, string>(
    async (keys) => {
      const parents = new Map<RelationPlan, Entity[]>();
      for (const { of, plan } of keys) {
        const known = parents.get(plan);
        if (known) known.push(of);
        else parents.set(plan, [of]);
      }
      const answers = new Map<RelationPlan, ReadonlyMap<string, AnswerOf<RelationPlan>>>();
      await Promise.all(
        [...parents].map(async ([plan, entities]) => {
          answers.set(plan, new Map(await read(fanOut(plan, entities))));
        }),
      );
      return keys.map(({ of, plan }) => {
        const answer = answers.get(plan)?.get(of.slug);
        return answer === undefined ? null : relationAnswer(plan, answer, of);
      });
    },
    { cache: false },
  );

  return {
    page: async (plan) => new Connection(plan, await read(plan)),
    entities: async (target, slugs) => {
      const rows = await read({ shape: 'lookup', target, slugs });
      const bySlug = new Map(rows.map((row) => targetEntity(target, row)).map((entity) => [entity.slug, entity]));
      return slugs.map((slug) => bySlug.get(slug) ?? null);
    },
    relation: (of, plan) => relations.load({ of, plan }),
  };
}

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
