import { type GraphiQLPlugin, pick, useGraphiQL } from '@graphiql/react';
import { useEffect, useState } from 'react';
import { say } from '../../drawing/say.ts';
import { lineIcon } from '../style/line-icon.tsx';
import { readTyped, textOfValue, textWith, type Variable, valuesIn, variablesOf } from './variable.ts';

const FormIcon = lineIcon('M3.5 5h17v5.5h-17zM3.5 14.5h17V20h-17zM7 7.75h5M7 17.25h8');

interface FieldProps {
  readonly variable: Variable;
  readonly value: unknown;
  readonly onChange: (value: unknown) => void;
}

/** A field for a text, a number or JSON. What was typed stays as it is, such as `1.0` on the way to `1.05`, until the value changes. */
function TypedField({ variable: { name, control, usual }, value, onChange }: FieldProps) {
  const [typed, setTyped] = useState('');
  const isNumber = control === 'integer' || control === 'number';
  const read = readTyped(control, typed);
  const isKept = read === undefined || JSON.stringify(read.value) === JSON.stringify(value);
  return (
    <>
      <input
        id={`variable-${name}`}
        type={isNumber ? 'number' : 'text'}
        {...(control === 'number' && { step: 'any' })}
        placeholder={textOfValue(usual)}
        value={isKept ? typed : textOfValue(value)}
        aria-invalid={read === undefined}
        onChange={({ target }) => {
          setTyped(target.value);
          const now = readTyped(control, target.value);
          if (now) onChange(now.value);
        }}
      />
      {read === undefined && <p className="hint">{say('Enter this value as JSON.')}</p>}
    </>
  );
}

function ChosenField({ variable: { name, control, choices, usual }, value, onChange }: FieldProps) {
  const all = control === 'boolean' ? ['true', 'false'] : choices;
  return (
    <select
      id={`variable-${name}`}
      value={textOfValue(value)}
      onChange={({ target }) => onChange(readTyped(control, target.value)?.value)}
    >
      <option value="">{usual === undefined ? '' : textOfValue(usual)}</option>
      {all.map((choice) => (
        <option key={choice}>{choice}</option>
      ))}
    </select>
  );
}

/** The text of the editor of variables, as it changes. */
function useVariablesText(): readonly [string, (text: string) => void] {
  const editor = useGraphiQL((state) => state.variableEditor);
  const [text, setText] = useState(editor?.getValue() ?? '');
  useEffect(() => {
    setText(editor?.getValue() ?? '');
    const listener = editor?.onDidChangeModelContent(() => setText(editor.getValue()));
    return () => listener?.dispose();
  }, [editor]);
  return [text, (next) => editor?.setValue(next)];
}

function VariablesForm() {
  const { schema, documentAST, operationName } = useGraphiQL(pick('schema', 'documentAST', 'operationName'));
  const [text, setText] = useVariablesText();
  const variables = schema && documentAST ? variablesOf(documentAST, schema, operationName) : [];
  const values = valuesIn(text);
  return (
    <section className="variables-form" aria-labelledby="variables-title">
      <h2 id="variables-title">{say('Variables form')}</h2>
      {variables.length === 0 && (
        <p>{say('The query has no variables. In a query, a variable is written as query ($name: String!).')}</p>
      )}
      {values === undefined && (
        <p role="alert">{say('The variables are not a JSON object. Correct them below the query.')}</p>
      )}
      {values &&
        variables.map((variable) => {
          const Field = variable.control === 'choice' || variable.control === 'boolean' ? ChosenField : TypedField;
          return (
            <div key={`${variable.name} ${variable.type}`} className="variable">
              <label htmlFor={`variable-${variable.name}`}>
                {variable.name} <code>{variable.type}</code>
                {variable.isRequired && <span className="hint"> {say('required')}</span>}
              </label>
              <Field
                variable={variable}
                value={values[variable.name]}
                onChange={(value) => setText(textWith(values, variable.name, value))}
              />
            </div>
          );
        })}
    </section>
  );
}

/** A form for the variables of the query. */
export const variablesPlugin = (): GraphiQLPlugin => ({
  title: say('Variables form'),
  icon: FormIcon,
  content: VariablesForm,
});
