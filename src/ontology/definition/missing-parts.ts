/** Options without which nothing else of a part can be checked: texts, and objects. */
const needed = {
  definition: { texts: [], objects: ['enumerations', 'sharedProperties', 'kinds', 'relations'] },
  kind: { texts: ['singular', 'plural', 'one', 'many', 'description'], objects: ['properties'] },
  relation: { texts: ['from', 'to', 'forward', 'backward', 'description', 'forwardDescription'], objects: [] },
  property: { texts: ['type', 'description'], objects: [] },
  enumeration: { texts: [], objects: ['values'] },
  provenance: { texts: ['relation', 'kind', 'property'], objects: [] },
  publishedTotals: { texts: [], objects: ['figures', 'totals'] },
  kindLabel: { texts: ['one', 'many'], objects: [] },
} as const satisfies Readonly<
  Record<string, { readonly texts: readonly string[]; readonly objects: readonly string[] }>
>;

type Part = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Part => typeof value === 'object' && value !== null;

/** Sentences about the options that a part of the definition lacks, or that are of another form. */
function lacking(
  place: string,
  part: unknown,
  { texts, objects }: { readonly texts: readonly string[]; readonly objects: readonly string[] },
): string[] {
  if (!isObject(part)) return [`${place} must be an object.`];
  return [
    ...texts.filter((name) => typeof part[name] !== 'string').map((name) => `${place} needs the text \`${name}\`.`),
    ...objects.filter((name) => !isObject(part[name])).map((name) => `${place} needs the object \`${name}\`.`),
  ];
}

/** What a definition that is not written in TypeScript may lack; while it lacks anything, nothing else can be checked. */
export function missingParts(definition: unknown): readonly string[] {
  const missing = lacking('The ontology', definition, needed.definition);
  if (missing.length > 0) return missing;
  const { enumerations, sharedProperties, kinds, relations, ...others } = definition as Readonly<Record<string, Part>>;
  const inAll = (parts: unknown, check: (name: string, part: unknown) => string[]) =>
    isObject(parts) ? Object.entries(parts).flatMap(([name, part]) => check(name, part)) : [];
  const inProperties = (owner: string, properties: unknown) =>
    inAll(properties, (name, part) => lacking(`The property ${name} of ${owner}`, part, needed.property));
  const inOwn = (owner: string, part: unknown) => (isObject(part) ? inProperties(owner, part.properties) : []);
  const inOption = (name: keyof typeof needed, place: string) =>
    others[name] ? lacking(place, others[name], needed[name]) : [];
  const inLabels = (language: string, labels: unknown) => {
    if (!isObject(labels)) return [];
    const { kinds: named } = labels;
    return [
      ...lacking(`The part \`labels\` of ${language}`, labels, { texts: [], objects: Object.keys(labels) }),
      ...inAll(named, (kind, label) => lacking(`The label of ${kind} in ${language}`, label, needed.kindLabel)),
    ];
  };
  return [
    ...inAll(enumerations, (name, part) => [
      ...lacking(`The enumeration ${name}`, part, needed.enumeration),
      ...(isObject(part) && isObject(part.values)
        ? lacking(`The enumeration ${name}`, part.values, { texts: Object.keys(part.values), objects: [] })
        : []),
    ]),
    ...inOption('provenance', 'The provenance'),
    ...inOption('publishedTotals', 'The option `publishedTotals`'),
    ...inAll(others.labels, inLabels),
    ...inProperties('every kind', sharedProperties),
    ...inAll(kinds, (name, part) => [...lacking(`The kind ${name}`, part, needed.kind), ...inOwn(name, part)]),
    ...inAll(relations, (name, part) => [
      ...lacking(`The relation ${name}`, part, needed.relation),
      ...inOwn(name, part),
    ]),
  ];
}
