import { pascalCase } from '../../ontology/letter-case.ts';
import type { Ontology } from '../../ontology/ontology.ts';
import type { Kind } from '../../ontology/vocabulary.ts';
import { historiesOf, nameFields, propertyField } from './fragments.ts';
import { allOf, figureSources } from './lists.ts';
import type { ExplorerOption } from './option.ts';
import { argumentsOf, type Part, queryText } from './query-text.ts';
import { barsOf, datesOf } from './traits.ts';

/** The name of the query for the years of a kind. */
export const queryNameOfYears = (kind: Kind): string => `years ${kind}`;

/** The field of a property, or of a to-one relation with the names of its target. */
function columnField(ontology: Ontology, kind: Kind, name: string): Part {
  return ontology.relationFieldsOf(kind).has(name) ? [name, nameFields(ontology)] : name;
}

/** The queries of the timeline. */
export function timelineQueries(ontology: Ontology, option: ExplorerOption): Readonly<Record<string, string>> {
  const { timeline, figures, highlighted } = option;
  const { publishedTotals, provenance } = ontology;
  const bars = barsOf(ontology, option).map((kind) => {
    const dates = datesOf(option, kind).flatMap(({ property, basis }) => (basis ? [property, basis] : [property]));
    const standing = highlighted?.[kind]?.property;
    const fields = [...new Set([...(standing ? [standing] : []), ...dates])];
    return [
      queryNameOfYears(kind),
      allOf(
        ontology,
        kind,
        `A page of ${ontology.kind(kind).many} with their known dates.`,
        `${kind}Years`,
        [
          '__typename',
          ...nameFields(ontology),
          ...fields.map((field) => propertyField(ontology, kind, field)),
          ...historiesOf(ontology, kind).map(([name, parts]): Part => [`${name} @include(if: $withSteps)`, parts]),
        ],
        { filtered: true, variables: historiesOf(ontology, kind).length > 0 ? ['$withSteps: Boolean = false'] : [] },
      ),
    ] as const;
  });
  const { dots } = timeline ?? {};
  const shown = dots && [
    dots.date,
    ...(dots.status ? [dots.status.property] : []),
    ...(dots.columns ?? []).flatMap(({ fields }) => fields),
  ];
  return {
    ...Object.fromEntries(bars),
    ...(dots && {
      dots: allOf(
        ontology,
        dots.kind,
        `A page of ${ontology.kind(dots.kind).many} by date.`,
        `${pascalCase(ontology.kind(dots.kind).plural)}ByDate`,
        [...nameFields(ontology), ...[...new Set(shown)].map((field) => columnField(ontology, dots.kind, field))],
        { orderBy: `[{ ${dots.date}: ASC }]`, filtered: true },
      ),
    }),
    ...(publishedTotals &&
      figures && {
        figures: queryText('Published figures of the given series, by date.', 'query Figures($series: [String!]!)', [
          [
            `${ontology.kind(publishedTotals.figures.kind).plural}${argumentsOf({
              filter: `{ ${figures.series}: { in: $series } }`,
              first: 100,
              orderBy: `[{ ${figures.date}: ASC }]`,
            })}`,
            [
              'totalCount',
              [
                'nodes',
                [
                  'slug',
                  'name',
                  ...(figures.label ? [figures.label] : []),
                  figures.series,
                  publishedTotals.figures.value,
                  figures.unit,
                  publishedTotals.figures.qualifier,
                  ...(figures.target ? [figures.target.property] : []),
                  figures.date,
                  ...(provenance ? figureSources(ontology) : []),
                ],
              ],
            ],
          ],
        ]),
      }),
  };
}
