import { pick, useGraphiQL, useGraphiQLActions } from '@graphiql/react';
import { parse } from 'graphql';
import { useEffect } from 'react';
import { flushSync } from 'react-dom';

/** The name of the first operation of a query, where it has one. */
function firstName(query: string): string | undefined {
  try {
    const [first] = parse(query).definitions.filter(({ kind }) => kind === 'OperationDefinition');
    return first && 'name' in first ? first.name?.value : undefined;
  } catch {
    return undefined;
  }
}

/** The operation that is to be chosen once GraphiQL has read the text that it stands in. */
let wanted: string | undefined;

export const chooseOperation = (name: string | undefined): void => {
  wanted = name;
};

/** Chooses the operation that is wanted: GraphiQL by itself takes the first one of a text that changed. */
export function OperationChoice() {
  const { setOperationName } = useGraphiQLActions();
  const operations = useGraphiQL(({ operations }) => operations);
  useEffect(() => {
    if (wanted === undefined || !operations?.some(({ name }) => name?.value === wanted)) return;
    setOperationName(wanted);
    wanted = undefined;
  }, [operations, setOperationName]);
  return null;
}

export interface Opened {
  readonly query: string;
  readonly operationName?: string;
  /** Whether what stands in the editors is kept: the question then gets a tab of its own. */
  readonly inNewTab?: boolean;
  /** Whether variables stay as they are. */
  readonly keepsVariables?: boolean;
}

/** Gives a way to put a question into the editors, and to ask it. */
export function useOpenQuestion(): (opened: Opened) => void {
  const { addTab, run, setOperationName } = useGraphiQLActions();
  const { queryEditor, variableEditor } = useGraphiQL(pick('queryEditor', 'variableEditor'));
  return ({ query, operationName = firstName(query), inNewTab = false, keepsVariables = false }) => {
    // What is asked is kept with the tab that is in front.
    if (inNewTab) flushSync(addTab);
    queryEditor?.setValue(query);
    if (!keepsVariables) variableEditor?.setValue('');
    chooseOperation(operationName);
    setOperationName(operationName ?? '');
    run();
  };
}
