import { builder } from '../builder.ts';
import { badUserInput } from '../errors.ts';
import { readEntity } from '../planning/read-selection.ts';
import { refs } from '../references.ts';

builder.queryField('country', (t) =>
  t.field({
    type: refs.Country,
    nullable: true,
    args: {
      slug: t.arg.string({ description: 'Slug of the country. Pass exactly one of `slug` and `code`.' }),
      code: t.arg.string({
        description: 'ISO 3166-1 alpha-2 code, in upper or lower case. Pass exactly one of `slug` and `code`.',
      }),
    },
    description: 'A country by slug or ISO code; null if there is none.',
    resolve: (_, { slug, code }, context, info) => {
      const [given, ...more] = [slug, code].filter((value) => typeof value === 'string');
      if (given === undefined || more.length > 0) throw badUserInput('Pass exactly one of `slug` and `code`.');
      // The slug of a country is its code in lower case.
      return readEntity(context, info, 'Country', given === slug ? given : given.toLowerCase());
    },
  }),
);
