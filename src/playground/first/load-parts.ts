/** Number of files that are loaded together: browsers open six connections, of which queries need one. */
const TOGETHER = 4;

/** Settles when a link has been loaded, or has failed: what needs it reports that. */
function load(properties: Partial<HTMLLinkElement>): Promise<void> {
  return new Promise((resolve) => {
    const link = Object.assign(document.createElement('link'), properties);
    for (const end of ['load', 'error']) link.addEventListener(end, () => resolve());
    document.head.append(link);
  });
}

const assetOf = (name: string) => `graphql/assets/${name}`;

export const loadSheet = (address: string) => load({ rel: 'stylesheet', href: address });

/** Loads what GraphiQL consists of, largest files first, before one part imports another. */
export async function loadParts({
  sheet = '',
  parts = '',
}: Readonly<Record<string, string | undefined>>): Promise<void> {
  const waiting = parts.split(' ').filter((name) => name !== '');
  async function loadOneByOne(): Promise<void> {
    for (let name = waiting.shift(); name !== undefined; name = waiting.shift())
      await load({ rel: 'modulepreload', href: assetOf(name), fetchPriority: 'low' });
  }
  await Promise.all([loadSheet(assetOf(sheet)), ...Array.from({ length: TOGETHER - 1 }, loadOneByOne)]);
}
