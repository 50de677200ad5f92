import { graphql, useLazyLoadQuery } from 'react-relay';
import type { countryQuery } from './__generated__/countryQuery.graphql';
import { CountryLabs } from './country-labs.tsx';

const query = graphql`
  query countryQuery($code: String!) {
    country(code: $code) {
      name
      nameZh
      ...countryLabs_country
    }
  }
`;

export function Country({ code }: { readonly code: string }) {
  const { country } = useLazyLoadQuery<countryQuery>(query, { code });
  if (!country) return <p role="alert">There is no country with the code {code}.</p>;
  return (
    <>
      <h1>
        {country.name} <span lang="zh">{country.nameZh}</span>
      </h1>
      <CountryLabs country={country} />
    </>
  );
}
