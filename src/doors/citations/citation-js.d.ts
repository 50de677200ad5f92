/** The used parts of Citation.js, which has no types of its own. */
declare module '@citation-js/core' {
  export interface CslItem {
    readonly id: string;
    readonly type: string;
    readonly [field: string]: unknown;
  }

  interface BibtexSettings {
    readonly format: { asciiOnly: boolean; checkLabel: boolean; useIdAsLabel: boolean };
  }

  class Cite {
    constructor(items: readonly CslItem[]);
    format(name: 'bibtex', options: { format: 'text' }): string;
  }

  const core: {
    readonly Cite: typeof Cite;
    readonly plugins: { readonly config: { get(plugin: '@bibtex'): BibtexSettings } };
  };
  export default core;
}

declare module '@citation-js/plugin-bibtex';
