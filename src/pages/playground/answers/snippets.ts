import type { Question } from '../requests/exchange.ts';

/** A request as a program. */
export interface Snippet {
  readonly language: string;
  readonly text: string;
}

const bodyOf = ({ query, variables, operationName }: Question) => ({
  query,
  ...(variables && Object.keys(variables).length > 0 && { variables }),
  ...(operationName && { operationName }),
});

/** Text inside of single quotes of a shell. */
const quoted = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;

/**
 * The request of a question to copy: for a shell, JavaScript and Python. Headers, which may have a key, are left out.
 *
 * @param server its address, without a slash at the end
 */
export function snippetsOf(question: Question, server: string): readonly Snippet[] {
  const body = bodyOf(question);
  const url = `${server}/graphql`;
  const { query, ...others } = body;
  // Python writes true, false and null differently, so the rest is parsed there: a string of JSON is one of Python.
  const rest = Object.keys(others).length > 0 ? `**json.loads(${JSON.stringify(JSON.stringify(others))})` : '';
  return [
    {
      language: 'cURL',
      text: `curl ${quoted(url)} \\\n  --header 'content-type: application/json' \\\n  --data ${quoted(JSON.stringify(body))}\n`,
    },
    {
      language: 'JavaScript',
      text: `const response = await fetch(${JSON.stringify(url)}, {\n  method: 'POST',\n  headers: { 'content-type': 'application/json' },\n  body: JSON.stringify(${JSON.stringify(body, null, 2).replaceAll('\n', '\n  ')}),\n});\nconst { data, errors } = await response.json();\n`,
    },
    {
      language: 'Python',
      text: `import json\nimport urllib.request\n\nbody = {"query": ${JSON.stringify(query)}${rest === '' ? '' : `, ${rest}`}}\nrequest = urllib.request.Request(\n    ${JSON.stringify(url)},\n    data=json.dumps(body).encode(),\n    headers={"content-type": "application/json"},\n)\nwith urllib.request.urlopen(request) as response:\n    print(json.load(response))\n`,
    },
  ];
}
