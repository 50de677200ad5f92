import { addressWith } from '../navigation/navigation.ts';

/** What is said of data sets that ask for it, or deserve it, where their data is shown; the whole stands in the notices. */
const notices: Readonly<Record<string, string>> = {
  Country:
    'Belt and Road status and dates: Nedopil (2025), Green Finance & Development Center. Regions and income groups after the World Bank: © World Bank, CC BY 4.0, changed. Codes: datasets/country-codes.',
  CountryGroup:
    'Members of groups: Country-Codes-and-International-Organizations, © dieghernan, MIT License; countrygroups, CC0. Income groups: © World Bank, CC BY 4.0, changed.',
};

/** The notices that the data of a kind asks for, with the way to all of them. */
export function Notice({ of }: { readonly of: string }) {
  const text = notices[of];
  if (text === undefined) return null;
  return (
    <p class="hint notice-line">
      {text} <a href={addressWith({ page: 'about', picked: undefined, relation: undefined })}>All notices</a>
    </p>
  );
}
