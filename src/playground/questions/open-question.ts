import { pick, useGraphiQL, useGraphiQLActions } from '@graphiql/react';
import { useEffect } from 'react';
import { flushSync } from 'react-dom';
import { chosenOperation } from './chosen-operation.ts';

/** Operation to select once GraphiQL has parsed the text. */
let wanted: string | undefined;

export const chooseOperation = (name: string | undefined): void => {
  wanted = name;
};

/** Selects the wanted operation: GraphiQL selects the first one after a change. */
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
  /** Whether to open the query in a new tab and keep the current one. */
  readonly inNewTab?: boolean;
  /** Whether to keep the variables. */
  readonly keepsVariables?: boolean;
}

/** Returns a function that opens a query in the editors and runs it. */
export function useOpenQuestion(): (opened: Opened) => void {
  const { addTab, run, setOperationName } = useGraphiQLActions();
  const { queryEditor, variableEditor } = useGraphiQL(pick('queryEditor', 'variableEditor'));
  return ({ query, operationName: wanted, inNewTab = false, keepsVariables = false }) => {
    const operationName = chosenOperation(query, wanted);
    // The exchange belongs to the active tab.
    if (inNewTab) flushSync(addTab);
    queryEditor?.setValue(query);
    if (!keepsVariables) variableEditor?.setValue('');
    chooseOperation(operationName);
    setOperationName(operationName ?? '');
    run();
  };
}
