import { pick, useGraphiQL, useMonaco } from '@graphiql/react';
import { useEffect, useSyncExternalStore } from 'react';

/** Names of the themes, available before the editor is loaded. */
export const editorThemes = { light: 'silkgraph-light', dark: 'silkgraph-dark' };

interface Colors {
  readonly paper: string;
  readonly raised: string;
  readonly ink: string;
  readonly soft: string;
  readonly line: string;
  readonly accent: string;
  readonly wash: string;
  readonly text: string;
  readonly word: string;
}

/** As in the explorer. */
const colors: Readonly<Record<'light' | 'dark', Colors>> = {
  light: {
    paper: 'fbfaf7',
    raised: 'ffffff',
    ink: '22262b',
    soft: '5d656e',
    line: 'dedbd2',
    accent: '0b5cb8',
    wash: 'e9f0f9',
    text: '22703f',
    word: 'a4490a',
  },
  dark: {
    paper: '15181c',
    raised: '1c2025',
    ink: 'eceae5',
    soft: 'a3abb3',
    line: '30363d',
    accent: '7cb8ff',
    wash: '1f2b3a',
    text: '79cb9a',
    word: 'f2a65a',
  },
};

/** Few colours: keywords, strings and variable names; the rest is ink. */
const rulesOf = ({ ink, soft, accent, text, word }: Colors) => [
  { token: '', foreground: ink },
  { token: 'comment', foreground: soft },
  { token: 'keyword', foreground: word },
  { token: 'string', foreground: text },
  { token: 'string.key.json', foreground: ink },
  { token: 'string.value.json', foreground: text },
  { token: 'keyword.json', foreground: word },
  { token: 'number', foreground: accent },
  { token: 'type.identifier', foreground: accent },
  { token: 'key.identifier', foreground: ink },
  { token: 'argument.identifier', foreground: soft },
  { token: 'annotation', foreground: word },
  { token: 'delimiter', foreground: soft },
  { token: 'operator', foreground: soft },
];

function themeOf(name: 'light' | 'dark') {
  const each = colors[name];
  const { raised, ink, soft, line, accent, wash } = each;
  return {
    base: name === 'dark' ? ('vs-dark' as const) : ('vs' as const),
    inherit: true,
    rules: rulesOf(each),
    colors: {
      'editor.background': '#00000000',
      'editor.foreground': `#${ink}`,
      'editorLineNumber.foreground': `#${soft}`,
      'editorLineNumber.activeForeground': `#${ink}`,
      'editorBracketHighlight.foreground1': `#${soft}`,
      'editorBracketHighlight.foreground2': `#${soft}`,
      'editorBracketHighlight.foreground3': `#${soft}`,
      'editorIndentGuide.background1': `#${line}`,
      'editor.selectionBackground': `#${wash}`,
      'editorWidget.background': `#${raised}`,
      'editorWidget.border': `#${line}`,
      'editorHoverWidget.background': `#${raised}`,
      'editorSuggestWidget.background': `#${raised}`,
      'editorSuggestWidget.selectedBackground': `#${wash}`,
      'editorSuggestWidget.selectedForeground': `#${ink}`,
      'editorSuggestWidget.highlightForeground': `#${accent}`,
      'list.hoverBackground': `#${wash}`,
      'menu.background': `#${raised}`,
      'quickInput.background': `#${raised}`,
      'scrollbar.shadow': '#00000000',
      'textLink.foreground': `#${accent}`,
      focusBorder: `#${accent}`,
    },
  };
}

const device = matchMedia('(prefers-color-scheme: dark)');

function subscribe(listener: () => void): () => void {
  device.addEventListener('change', listener);
  return () => device.removeEventListener('change', listener);
}

/** Whether the page is dark, by choice or by the device setting. */
export function useIsDark(): boolean {
  const theme = useGraphiQL((state) => state.theme);
  const deviceIsDark = useSyncExternalStore(subscribe, () => device.matches);
  return theme === null ? deviceIsDark : theme === 'dark';
}

const font = {
  fontFamily: 'ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", "Noto Sans SC", monospace',
  fontSize: 13,
  lineHeight: 20,
};

/** Applies the colours and the font of the page to the editors, and the theme to the page. */
export function EditorTheme() {
  const monaco = useMonaco((state) => state.monaco);
  const editors = useGraphiQL(pick('queryEditor', 'variableEditor', 'headerEditor', 'responseEditor'));
  const isDark = useIsDark();
  useEffect(() => {
    for (const editor of Object.values(editors)) editor?.updateOptions(font);
  }, [editors]);
  useEffect(() => {
    document.documentElement.dataset.theme = isDark ? 'dark' : 'light';
    if (!monaco) return;
    monaco.editor.defineTheme(editorThemes.light, themeOf('light'));
    monaco.editor.defineTheme(editorThemes.dark, themeOf('dark'));
    monaco.editor.setTheme(isDark ? editorThemes.dark : editorThemes.light);
  }, [monaco, isDark]);
  return null;
}
