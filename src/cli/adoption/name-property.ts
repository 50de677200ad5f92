/** Properties that usually hold the name of something, the best first. */
const usual = [
  ...['name', 'title', 'label', 'fullName', 'displayName', 'caption', 'headline', 'heading', 'subject'],
  ...['username', 'userName', 'login', 'code'],
];

const isPartOfName = (property: string) => /^(?:first|last|middle|family|given|nick)/i.test(property);

/** Those of the properties of a kind that may serve as its name, the best first. */
export function nameCandidates(kind: string, properties: readonly string[]): readonly string[] {
  const own = `${kind.charAt(0).toLowerCase()}${kind.slice(1)}`;
  const others = properties.filter((property) => /(?:Name|Title|Label)$/.test(property)).sort();
  const all = [
    ...['name', `${own}Name`, `${own}Title`],
    ...usual,
    ...others.filter((property) => !isPartOfName(property)),
    ...others,
  ];
  return [...new Set(all)].filter((property) => properties.includes(property));
}

/** How well a property covers the records of a kind. */
export interface Coverage {
  readonly name: string;
  readonly holders: number;
}

/** The property that serves as the name: the best that every record has, else the one that most have. */
export function chooseName(kind: string, records: number, properties: readonly Coverage[]): Coverage | undefined {
  const order = nameCandidates(
    kind,
    properties.map(({ name }) => name),
  );
  const candidates = order.flatMap((name) => properties.filter((property) => property.name === name));
  return (
    candidates.find(({ holders }) => holders === records) ??
    candidates.toSorted((left, right) => right.holders - left.holders)[0]
  );
}
