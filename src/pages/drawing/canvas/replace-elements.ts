import type { Core, ElementDefinition } from 'cytoscape';

/** Shows these elements alone. Those that were there keep their places, with their new data. */
export function replaceElements(cy: Core, elements: readonly ElementDefinition[]): void {
  cy.batch(() => {
    const wanted = new Set(elements.map(({ data }) => data.id));
    cy.elements()
      .filter((element) => !wanted.has(element.id()))
      .remove();
    for (const { data } of elements) cy.getElementById(data.id ?? '').data(data);
    cy.add(elements.filter(({ data }) => cy.getElementById(data.id ?? '').empty()));
  });
}
