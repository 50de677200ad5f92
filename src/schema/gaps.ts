import type { Gap } from '../graph/gaps.ts';
import { builder } from './builder.ts';
import { EntityKind, enumRef, RelationTypeEnum } from './enumerations.ts';
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
  type HeldTotal,
  readTotals,
} from './gap-reading.ts';
import { limits } from './limits.ts';
import { readNamed } from './reading.ts';
import { EntityInterface, refs } from './references.ts';

type Types = (typeof builder)['$inferSchemaTypes'];
type FieldBuilder<Parent> = Pick<PothosSchemaTypes.RootFieldBuilder<Types, Parent, 'Object'>, 'field' | 'arg'>;

const sharedFields = <Parent extends Counted<Gap>>(t: FieldBuilder<Parent>) => ({
  kind: t.field({ type: EntityKind, nullable: false, description: 'Their kind.', resolve: ({ kind }) => kind }),
  count: t.field({ type: 'Int', nullable: false, description: 'How many there are.', resolve: ({ count }) => count }),
  of: t.field({
    type: 'Int',
    nullable: false,
    description: 'How many entities of the kind there are.',
    resolve: ({ of }) => of,
  }),
  entities: t.field({
    type: [EntityInterface],
    nullable: { list: true, items: false },
    args: {
      first: t.arg.int({
        description: `How many: ${limits.defaultPageSize} unless told, at most ${limits.pageSize}. The list of the kind, filtered, pages through all.`,
      }),
    },
    description: 'The first of them, by name.',
    resolve: (gap, { first }, context, info) => entitiesWith(gap, first, context, info),
  }),
});

const EntityGapRef = builder.objectRef<Counted<Gap>>('EntityGap').implement({
  description: 'Entities of one kind of which the same is not known.',
  fields: (t) => sharedFields(t),
});

const PropertyGapRef = builder.objectRef<Counted<PropertyGap>>('PropertyGap').implement({
  description: 'Entities of one kind of which the same is not known, as one property tells.',
  fields: (t) => ({
    property: t.exposeString('property', { nullable: false, description: 'The property, as a field of the kind.' }),
    ...sharedFields(t),
  }),
});

const RelationGapRef = builder.objectRef<Counted<RelationGap>>('RelationGap').implement({
  description: 'Entities of one kind that have none of a relation.',
  fields: (t) => ({
    relation: t.expose('relation', { type: RelationTypeEnum, nullable: false, description: 'The relation.' }),
    ...sharedFields(t),
  }),
});

const OfficialTotalRef = builder.objectRef<HeldTotal>('OfficialTotal').implement({
  description: 'A figure that an official source gives, beside how many of the same the graph holds.',
  fields: (t) => ({
    indicator: t.field({
      type: refs.Indicator,
      nullable: true,
      description: 'The figure, with its date and its sources.',
      resolve: ({ indicator }, _, context, info) => readNamed(context, info, 'Indicator', indicator),
    }),
    expected: t.exposeFloat('expected', { nullable: false, description: 'The figure itself.' }),
    qualifier: t.field({
      type: enumRef('IndicatorQualifier'),
      nullable: false,
      description: 'How exactly the source puts it.',
      resolve: ({ qualifier }) => qualifier,
    }),
    held: t.int({ nullable: false, description: 'How many the graph holds.', resolve: ({ count }) => count }),
    counted: t.exposeString('counted', { nullable: false, description: 'What is counted as held.' }),
    kind: t.field({ type: EntityKind, nullable: false, description: 'Their kind.', resolve: ({ kind }) => kind }),
    entities: t.field({
      type: [EntityInterface],
      nullable: { list: true, items: false },
      args: {
        first: t.arg.int({
          description: `How many: ${limits.defaultPageSize} unless told, at most ${limits.pageSize}.`,
        }),
      },
      description: 'The first of those that are held, by name.',
      resolve: (held, { first }, context, info) => entitiesWith(held, first, context, info),
    }),
  }),
});

const GapsRef = builder.objectRef<Gaps>('Gaps').implement({
  description:
    'What the graph does not know. Kinds of which nothing is to be told are left out. Only what is selected is counted.',
  fields: (t) => {
    const kinds = t.arg({ type: [EntityKind], description: 'Only these kinds. Without it: all.' });
    const options = { nullable: { list: true, items: false }, args: { kinds } } as const;
    return {
      withoutSource: t.field({
        ...options,
        type: [EntityGapRef],
        description: 'Entities that cite no source.',
        resolve: (gaps, args) => counted(gaps, withoutSource, args.kinds),
      }),
      weakSourcesOnly: t.field({
        ...options,
        type: [EntityGapRef],
        description: 'Entities all of whose sources are of low reliability.',
        resolve: (gaps, args) => counted(gaps, weakSourcesOnly, args.kinds),
      }),
      lowConfidence: t.field({
        ...options,
        type: [PropertyGapRef],
        description: 'Entities whose record, or part of it, is of low confidence.',
        resolve: (gaps, args) => counted(gaps, lowConfidence, args.kinds),
      }),
      conflicts: t.field({
        ...options,
        type: [EntityGapRef],
        description: 'Entities about which sources contradict one another; their `conflicts` tell how.',
        resolve: (gaps, args) => counted(gaps, conflicting, args.kinds),
      }),
      missing: t.field({
        ...options,
        type: [PropertyGapRef],
        description:
          'Entities that lack a property. Some may rightly lack it, as a country that never left has no date of leaving. Lists are not told of, since an empty one may be complete.',
        resolve: (gaps, args) => counted(gaps, missing, args.kinds),
      }),
      absentRelations: t.field({
        ...options,
        type: [RelationGapRef],
        description: 'Entities that have none of a relation of which each of their kind has one in the world.',
        resolve: (gaps, args) => counted(gaps, absentRelations, args.kinds),
      }),
      totals: t.field({
        type: [OfficialTotalRef],
        nullable: { list: true, items: false },
        description: 'Official totals beside what the graph holds one by one.',
        resolve: (gaps, _, context) => readTotals(gaps, context),
      }),
    };
  },
});

builder.queryField('gaps', (t) =>
  t.field({
    type: GapsRef,
    nullable: true,
    description:
      'What does the graph not know? Entities without source, sources that contradict, missing values and relations, and official totals against entities held.',
    resolve: (_, __, context) => createGaps(context),
  }),
);
