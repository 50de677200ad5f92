import type { Milestone as MilestoneRecord } from '../../ontology/records.ts';
import { lazyType } from '../builder.ts';
import { enumRef } from '../enumerations.ts';
import { readNamed } from '../planning/read-selection.ts';
import { refOf } from '../references.ts';

/** A dated step in the history of an entity. */
export const Milestone = lazyType((base) => {
  const { builder, ontology } = base;
  const { provenance } = ontology;
  const { milestones } = ontology.definition;
  return builder.objectRef<MilestoneRecord>('Milestone').implement({
    description: 'A step in the history of an entity.',
    fields: (t) => ({
      date: t.expose('date', {
        type: 'PartialDate',
        nullable: true,
        description: 'Date of the step, as precise as its source; null if unknown.',
      }),
      ...(milestones && {
        type: t.field({
          type: enumRef(base, milestones.type),
          nullable: true,
          description: 'Type of step.',
          resolve: ({ type }) => type as never,
        }),
      }),
      text: t.exposeString('text', { nullable: false, description: 'What happened, summarised by the editors.' }),
      ...(provenance && {
        source: t.field({
          type: refOf(base, provenance.kind),
          nullable: true,
          description: 'Source of the step; null if none is recorded.',
          resolve: ({ source }, _, context, info) =>
            source ? readNamed(context, info, provenance.kind, source) : null,
        }),
      }),
    }),
  });
});

/** Milestones, parsed from the JSON text stored in Neo4j. */
export const parseMilestones = (stored: unknown): readonly MilestoneRecord[] =>
  typeof stored === 'string' ? JSON.parse(stored) : [];
