import { addressWith } from '../navigation/navigation.ts';

/** Attributions shown next to the data. The full texts are in the notices. */
const notices: Readonly<Record<string, string>> = {
  Country:
    'Belt and Road status and dates: Nedopil (2025), Green Finance & Development Center. Regions and income groups: © World Bank, CC BY 4.0, modified. Codes: datasets/country-codes.',
  CountryGroup:
    'Members of groups: Country-Codes-and-International-Organizations, © dieghernan, MIT License; countrygroups, CC0. Income groups: © World Bank, CC BY 4.0, modified.',
};

/** The attributions for a kind, with a link to all notices. */
export function Notice({ of }: { readonly of: string }) {
  const text = notices[of];
  if (text === undefined) return null;
  return (
    <p class="hint notice-line">
      {text} <a href={addressWith({ page: 'about', picked: undefined, relation: undefined })}>All notices</a>
    </p>
  );
}
