import type { Milestone as MilestoneRecord } from '../ontology/records.ts';
import { builder } from './builder.ts';
import { readNamed } from './reading.ts';
import { refs } from './references.ts';

/** A dated step in the history of an entity. */
export const Milestone = builder.objectRef<MilestoneRecord>('Milestone').implement({
  description: 'A step in the history of a laboratory or platform.',
  fields: (t) => ({
    date: t.expose('date', { type: 'PartialDate', nullable: true, description: 'When it happened, as far as known.' }),
    text: t.exposeString('text', { nullable: false, description: 'What happened, in our words.' }),
    source: t.field({
      type: refs.Source,
      nullable: true,
      description: 'The source that states it.',
      resolve: ({ source }, _, context, info) => (source ? readNamed(context, info, 'Source', source) : null),
    }),
  }),
});

/** Milestones out of the one JSON text in which Neo4j keeps them. */
export const parseMilestones = (stored: unknown): readonly MilestoneRecord[] =>
  typeof stored === 'string' ? JSON.parse(stored) : [];
