import type { Ontology } from '../../../ontology/ontology.ts';
import { kindDetail, ontologySummary } from '../ontology-text.ts';
import type { Tool } from '../tool.ts';
import { kind, kindNamed } from './arguments.ts';

export const createOntology = (ontology: Ontology): Tool => ({
  name: 'ontology',
  title: 'Explain kinds, fields and relations',
  withoutSources: true,
  description:
    'Without `kind`, lists the kinds and relations of the graph. With `kind`, lists its properties with types and values, and its relation fields: read it before you write a filter, a group key or a query.',
  properties: { kind: kind(ontology, 'Kind to explain.') },
  answer: { lines: { type: 'array', items: { type: 'string' }, description: 'Markdown, line by line.' } },
  async run({ kind: name }) {
    const text = name === undefined ? ontologySummary(ontology) : kindDetail(ontology, kindNamed(ontology, name));
    return { value: { lines: text.split('\n').filter((line) => line !== '') } };
  },
});
