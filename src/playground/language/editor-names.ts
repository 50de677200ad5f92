import { KeyCode, KeyMod, type MonacoEditor, pick, useGraphiQL } from '@graphiql/react';
import { useEffect } from 'react';
import { say } from '../../drawing/say.ts';

/** Names an editor for those who hear the page; one that is written in keeps the Tab key until Ctrl+M is pressed. */
function useName(editor: MonacoEditor | undefined, name: string, isWritten = true): void {
  useEffect(() => {
    if (!editor) return;
    editor.updateOptions({ ariaLabel: name });
    if (!isWritten) return;
    const description = say('Tab indents. Ctrl+M lets the Tab key leave the editor.');
    editor.getDomNode()?.querySelector('textarea')?.setAttribute('aria-description', description);
    // On macOS, the key of the editor for this is that with which GraphiQL merges fragments.
    const own = editor.addAction({
      id: 'playground-tab',
      label: say('Let the Tab key leave the editor, or indent again'),
      keybindings: [KeyMod.WinCtrl | KeyCode.KeyM],
      run: () => editor.trigger('keyboard', 'editor.action.toggleTabFocusMode', undefined),
    });
    return () => own.dispose();
  }, [editor, name, isWritten]);
}

/** Gives each editor its name: all of them would be called the same. */
export function EditorNames() {
  const { queryEditor, variableEditor, headerEditor, responseEditor } = useGraphiQL(
    pick('queryEditor', 'variableEditor', 'headerEditor', 'responseEditor'),
  );
  useName(queryEditor, say('Query'));
  useName(variableEditor, say('Variables'));
  useName(headerEditor, say('Headers'));
  useName(responseEditor, say('Result'), false);
  return null;
}
