import type { Gap } from '../../engine/reads/gaps.ts';
import type { Ontology } from '../../ontology/ontology.ts';
import type { EnumerationName, PublishedTotals } from '../../ontology/vocabulary.ts';
import { type Builder, lazyType, type SchemaBase } from '../builder.ts';
import { EntityKind, enumRef, RelationTypeEnum } from '../enumerations.ts';
import { limits } from '../limits.ts';
import { readNamed } from '../planning/read-selection.ts';
import { EntityInterface, refOf } from '../references.ts';
import {
  absentRelations,
  conflicting,
  lowConfidence,
  missing,
  type PropertyGap,
  type RelationGap,
  weakSourcesOnly,
  withoutSource,
} from './gap-definitions.ts';
import {
  type Counted,
  counted,
  createGaps,
  entitiesWith,
  type Gaps,
  type RecordedTotal,
  readTotals,
} from './gap-reading.ts';

type Types = Builder['$inferSchemaTypes'];
type FieldBuilder<Parent> = Pick<PothosSchemaTypes.RootFieldBuilder<Types, Parent, 'Object'>, 'field' | 'arg'>;

/** The kind of the entities that were counted, and the first of them. */
const entityFields = <Parent extends Counted<Gap>>(
  base: SchemaBase,
  t: FieldBuilder<Parent>,
  entities: string,
  advice = '',
) => ({
  kind: t.field({
    type: EntityKind(base),
    nullable: false,
    description: 'Kind of the entities.',
    resolve: ({ kind }) => kind,
  }),
  entities: t.field({
    type: [EntityInterface(base)],
    nullable: { list: true, items: false },
    args: {
      first: t.arg.int({
        description: `Number of entities; default ${limits.defaultPageSize}, maximum ${limits.pageSize}.${advice}`,
      }),
    },
    description: `The first ${entities} entities, by name.`,
    resolve: (counted, { first }, context, info) => entitiesWith(counted, first, context, info),
  }),
});

const sharedFields = <Parent extends Counted<Gap>>(base: SchemaBase, t: FieldBuilder<Parent>) => ({
  ...entityFields(base, t, 'affected', ' To page through all, filter the list of the kind.'),
  count: t.field({
    type: 'Int',
    nullable: false,
    description: 'Number of affected entities.',
    resolve: ({ count }) => count,
  }),
  of: t.field({
    type: 'Int',
    nullable: false,
    description: 'Number of entities of the kind that could be affected.',
    resolve: ({ of }) => of,
  }),
});

const EntityGapRef = lazyType((base) =>
  base.builder.objectRef<Counted<Gap>>('EntityGap').implement({
    description: 'Entities of one kind with the same gap.',
    fields: (t) => sharedFields(base, t),
  }),
);

const PropertyGapRef = lazyType((base) =>
  base.builder.objectRef<Counted<PropertyGap>>('PropertyGap').implement({
    description: 'Entities of one kind with the same gap in one property.',
    fields: (t) => ({
      property: t.exposeString('property', {
        nullable: false,
        description: 'Name of the property, as a field of the kind.',
      }),
      ...sharedFields(base, t),
    }),
  }),
);

const RelationGapRef = lazyType((base) =>
  base.builder.objectRef<Counted<RelationGap>>('RelationGap').implement({
    description: 'Entities of one kind that lack a relation.',
    fields: (t) => ({
      relation: t.expose('relation', {
        type: RelationTypeEnum(base),
        nullable: false,
        description: 'Type of the relation.',
      }),
      ...sharedFields(base, t),
    }),
  }),
);

const officialTotalRef = (base: SchemaBase, { figures }: PublishedTotals) =>
  base.builder.objectRef<RecordedTotal>('OfficialTotal').implement({
    description: 'An official total, compared with the number recorded in the graph.',
    fields: (t) => ({
      [base.ontology.kind(figures.kind).singular]: t.field({
        type: refOf(base, figures.kind),
        nullable: true,
        description: 'The official figure, with its date and sources.',
        resolve: ({ figure }, _, context, info) => readNamed(context, info, figures.kind, figure),
      }),
      expected: t.exposeFloat('expected', { nullable: false, description: 'Value of the figure.' }),
      qualifier: t.field({
        type: enumRef(base, qualifierOf(base.ontology, figures)),
        nullable: false,
        description: 'How precisely the source states the figure.',
        resolve: ({ qualifier }) => qualifier,
      }),
      held: t.int({ nullable: false, description: 'Number recorded in the graph.', resolve: ({ count }) => count }),
      counted: t.exposeString('counted', { nullable: false, description: 'What `held` counts.' }),
      ...entityFields(base, t, 'recorded'),
    }),
  });

/** The enumeration of how precise a published figure is. */
function qualifierOf({ propertyOf }: Ontology, { kind, qualifier }: PublishedTotals['figures']): EnumerationName {
  const { enumeration } = propertyOf(kind, qualifier);
  if (enumeration === undefined) throw new Error(`${qualifier} of ${kind} is no enumeration.`);
  return enumeration;
}

const GapsRef = lazyType((base) =>
  base.builder.objectRef<Gaps>('Gaps').implement({
    description: 'Gaps in the data. Kinds without a gap are left out. Only selected fields are counted.',
    fields: (t) => {
      const kinds = t.arg({ type: [EntityKind(base)], description: 'Only these kinds. Default: all.' });
      const { provenance } = base.ontology;
      const options = { nullable: { list: true, items: false }, args: { kinds } } as const;
      return {
        ...(provenance && {
          withoutSource: t.field({
            ...options,
            type: [EntityGapRef(base)],
            description: 'Entities that cite no source.',
            resolve: (gaps, args) => counted(gaps, withoutSource(base.ontology), args.kinds),
          }),
        }),
        ...(provenance?.reliability && {
          weakSourcesOnly: t.field({
            ...options,
            type: [EntityGapRef(base)],
            description: 'Entities whose sources are all of low reliability.',
            resolve: (gaps, args) => counted(gaps, weakSourcesOnly(base.ontology), args.kinds),
          }),
        }),
        lowConfidence: t.field({
          ...options,
          type: [PropertyGapRef(base)],
          description: 'Entities whose record is of low confidence, as a whole or in part.',
          resolve: (gaps, args) => counted(gaps, lowConfidence(base.ontology), args.kinds),
        }),
        conflicts: t.field({
          ...options,
          type: [EntityGapRef(base)],
          description: 'Entities about which sources disagree.',
          resolve: (gaps, args) => counted(gaps, conflicting(base.ontology), args.kinds),
        }),
        missing: t.field({
          ...options,
          type: [PropertyGapRef(base)],
          description:
            'Entities that lack a property; some may lack it rightly. Excludes properties that most entities rightly lack, such as an end date, and lists, because an empty one may be complete.',
          resolve: (gaps, args) => counted(gaps, missing(base.ontology), args.kinds),
        }),
        absentRelations: t.field({
          ...options,
          type: [RelationGapRef(base)],
          description: 'Entities that lack a relation which every entity of their kind has in reality.',
          resolve: (gaps, args) => counted(gaps, absentRelations(base.ontology), args.kinds),
        }),
        ...(base.ontology.publishedTotals && {
          totals: t.field({
            type: [officialTotalRef(base, base.ontology.publishedTotals)],
            nullable: { list: true, items: false },
            description: 'Official totals compared with the entities recorded.',
            resolve: (gaps, _, context) => readTotals(gaps, context),
          }),
        }),
      };
    },
  }),
);

export const addGaps = lazyType((base) => {
  base.builder.queryField('gaps', (t) =>
    t.field({
      earlierStates: true,
      type: GapsRef(base),
      nullable: true,
      description:
        'Gaps in the data: entities without sources, disagreements between sources, missing values and relations, and official totals compared with the entities recorded.',
      resolve: (_, __, context) => createGaps(context),
    }),
  );
});
