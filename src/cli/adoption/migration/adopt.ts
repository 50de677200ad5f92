import type { Driver } from 'neo4j-driver';
import { refusePending } from '../../../doors/data/import-marker.ts';
import type { Report } from '../../../doors/data/progress.ts';
import type { Address } from '../../../engine/database/address.ts';
import { applySchemaChanges } from '../../../engine/database/schema/apply-schema-changes.ts';
import { createGraph, type Graph } from '../../../engine/graph/graph.ts';
import { derivedSchema } from '../../../engine/indexes/indexes.ts';
import type { Ontology } from '../../../ontology/ontology.ts';
import { accessTo } from '../neo4j-access.ts';
import type { NameProperties } from './adopted-record.ts';
import type { AdoptionPlan } from './adoption-plan.ts';
import { checkAdoption } from './check-adoption.ts';
import { writeAdoption } from './write-adoption.ts';

export interface AdoptOptions {
  readonly ontology: Ontology;
  /** The property that the names of a kind are copied from. @default the most usual one that a node has */
  readonly names?: NameProperties;
  readonly report?: Report;
  /** Writes instead of a graph over the driver; for tests. */
  readonly graph?: Graph;
  /** Number of nodes or relationships per transaction. */
  readonly batch?: number;
}

/** An adoption in two steps: between them, people see what will be written. */
export interface Adoption {
  /** Checks all data, and writes nothing. @throws AdoptionRefused, ImportPending, GraphError */
  check(): Promise<AdoptionPlan>;
  /** Writes what was checked, and returns the number of nodes and relationships. @throws AdoptionInterrupted */
  write(plan: AdoptionPlan): Promise<number>;
}

/** Makes the data of an existing database a graph that Silkgraph serves: adds what it stores beside the records. */
export function adopt(driver: Driver, address: Address, options: AdoptOptions): Adoption {
  const { ontology, names = {}, report, batch, graph = createGraph(driver, ontology, address) } = options;
  const source = { access: accessTo(driver, address), ontology, names };
  const prepare = async () => {
    await applySchemaChanges(driver, address, derivedSchema(ontology));
  };
  return {
    async check() {
      await refusePending(graph);
      return checkAdoption(source, report);
    },
    write: (plan) =>
      writeAdoption({
        graph,
        source,
        plan,
        prepare,
        ...(batch === undefined ? {} : { batch }),
        ...(report === undefined ? {} : { report }),
      }),
  };
}
