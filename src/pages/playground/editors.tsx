import { KeyCode, KeyMod, pick, useGraphiQL } from '@graphiql/react';
import { useEffect } from 'react';
import { say } from '../drawing/say.ts';

/** The editors of GraphiQL, which it calls all the same. */
const names = {
  queryEditor: () => say('Query'),
  variableEditor: () => say('Variables'),
  headerEditor: () => say('Headers'),
  responseEditor: () => say('Result'),
};

/** Gives the editors a name, the fonts of the page, and a key with which Tab leaves them, that of macOS being taken by GraphiQL. */
export function Editors() {
  const editors = useGraphiQL(pick('queryEditor', 'variableEditor', 'headerEditor', 'responseEditor'));
  useEffect(() => {
    const added = Object.entries(names).flatMap(([key, nameOf]) => {
      const editor = editors[key as keyof typeof names];
      editor?.updateOptions({
        ariaLabel: say('{name}. Tab indents. Ctrl+M lets the Tab key leave the editor.', { name: nameOf() }),
        fontFamily: 'ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", "Noto Sans SC", monospace',
        fontSize: 14,
      });
      const action = editor?.addAction({
        id: 'playground-tab',
        label: say('Let the Tab key leave the editor, or indent again'),
        keybindings: [KeyMod.WinCtrl | KeyCode.KeyM],
        run: () => editor.trigger('keyboard', 'editor.action.toggleTabFocusMode', undefined),
      });
      return action ?? [];
    });
    return () => {
      for (const action of added) action.dispose();
    };
  }, [editors]);
  return null;
}
