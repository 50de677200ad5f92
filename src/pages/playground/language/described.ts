import type {
  IntrospectionEnumValue,
  IntrospectionField,
  IntrospectionInputValue,
  IntrospectionQuery,
  IntrospectionType,
} from 'graphql';
import { say } from '../../drawing/say.ts';
import type { GraphSettings } from './graph-settings.ts';
import { fieldNames } from './names.ts';

interface Described {
  readonly name: string;
  readonly description?: string | null | undefined;
}

/** A part of the schema with what it is called before its description. */
function withLabel<Part extends Described>(part: Part, label: string | undefined): Part {
  if (label === undefined) return part;
  return { ...part, description: part.description ? `${label}\n\n${part.description}` : label };
}

/** The kind that a type belongs to: `Lab` for `Lab`, `LabFilter` and `CreateLabInput`. The longest name that fits. */
function kindOfType(kinds: readonly string[], type: string): string | undefined {
  const fits = kinds.filter((kind) => new RegExp(`^(?:[A-Z][a-z]+)?${kind}(?:[A-Z]\\w*)?$`).test(type));
  return fits.sort((a, b) => b.length - a.length)[0];
}

/** Root fields: a list of a kind, and one entity. */
function rootNames({ kinds }: GraphSettings): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.values(kinds).flatMap(({ one, many, list }) => [
      [list.field, say('{kinds} (list)', { kinds: many })],
      [list.fieldOfOne, one],
    ]),
  );
}

/**
 * A schema whose kinds, relations, properties and values begin their descriptions with what the ontology calls them in the
 * language of the page, and with what it says of them. The descriptions themselves stay: names of the schema are English in every language.
 */
export function describedBy(settings: GraphSettings, { __schema: schema }: IntrospectionQuery): IntrospectionQuery {
  const { kinds, labels } = settings;
  const kindNames = Object.keys(kinds);
  const roots = rootNames(settings);

  function labelOfProperty(kind: string | undefined, name: string): string | undefined {
    const { properties, propertyDescriptions: said } = labels;
    const label = properties[`${kind}.${name}`] ?? properties[name];
    const description = said[`${kind}.${name}`] ?? said[name];
    return label !== undefined && description !== undefined
      ? say('{name}: {description}', { name: label, description })
      : label;
  }

  function labelsOfFields(type: string): (name: string) => string | undefined {
    if (type === schema.queryType.name) return (name) => roots[name];
    const kind = kindOfType(kindNames, type);
    const fields = kind === undefined ? {} : fieldNames(settings, kind);
    return (name) => fields[name] ?? labelOfProperty(kind, name);
  }

  function described(type: IntrospectionType): IntrospectionType {
    const kind = kinds[type.name];
    const named = withLabel(
      type,
      kind && say('{name}: {description}', { name: kind.one, description: kind.description }),
    );
    const labelOf = labelsOfFields(type.name);
    const each = <Part extends IntrospectionField | IntrospectionInputValue>(part: Part) =>
      withLabel(part, labelOf(part.name));
    if (named.kind === 'ENUM') {
      const ofValue = ({ name }: IntrospectionEnumValue) =>
        labels.values[`${type.name}.${name}`] ?? labels.values[name];
      return { ...named, enumValues: named.enumValues.map((value) => withLabel(value, ofValue(value))) };
    }
    if (named.kind === 'OBJECT' || named.kind === 'INTERFACE') return { ...named, fields: named.fields.map(each) };
    return named.kind === 'INPUT_OBJECT' ? { ...named, inputFields: named.inputFields.map(each) } : named;
  }

  return { __schema: { ...schema, types: schema.types.map(described) } };
}
