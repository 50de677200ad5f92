import { pick, useGraphiQL, useGraphiQLActions } from '@graphiql/react';
import { useEffect, useRef } from 'react';
import { chooseOperation, useOpenQuestion } from '../questions/open-question.ts';
import type { Exchanges } from '../requests/exchange.ts';
import type { FirstEditor, Left } from './first-editor.ts';

export interface TakeOverProps {
  readonly first: FirstEditor;
  readonly exchanges: Exchanges;
}

/** Continues in GraphiQL what was begun in the first editor: its text, cursor and answer. */
export function TakeOver({ first, exchanges }: TakeOverProps) {
  const { queryEditor, variableEditor, responseEditor } = useGraphiQL(
    pick('queryEditor', 'variableEditor', 'responseEditor'),
  );
  const { addTab, updateActiveTabValues } = useGraphiQLActions();
  const open = useOpenQuestion();
  const hasBegun = useRef(false);

  function take({ given, query, variables, selection, exchange, shown, isToRun }: Left): void {
    if (!queryEditor || !responseEditor) return;
    const isChanged = query !== given.query || variables !== given.variables;
    // GraphiQL may have opened another of its tabs, whose text stays.
    if (isChanged && queryEditor.getValue().trim() !== given.query.trim()) addTab();
    if (isChanged) {
      chooseOperation(given.operationName);
      queryEditor.setValue(query);
      variableEditor?.setValue(variables);
    }
    if (shown !== undefined && queryEditor.getValue().trim() === query.trim()) {
      responseEditor.setValue(shown);
      updateActiveTabValues({ response: shown });
      if (exchange) exchanges.take(exchange);
    }
    if (isToRun) open({ ...given, query, keepsVariables: true });
    if (!selection) return;
    const model = queryEditor.getModel();
    const [start, end] = selection.map((offset) => model?.getPositionAt(offset));
    if (start && end)
      queryEditor.setSelection({
        startLineNumber: start.lineNumber,
        startColumn: start.column,
        endLineNumber: end.lineNumber,
        endColumn: end.column,
      });
    queryEditor.focus();
  }

  useEffect(() => {
    if (hasBegun.current || !queryEditor || !variableEditor || !responseEditor) return;
    hasBegun.current = true;
    first.leave().then((left) => {
      first.remove();
      take(left);
    });
  });
  return null;
}
