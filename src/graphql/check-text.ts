import { Lexer, Source, TokenKind } from 'graphql';
import { limitExceeded } from './errors.ts';
import { limits } from './limits.ts';

const deeper: ReadonlySet<string> = new Set([TokenKind.BRACE_L, TokenKind.BRACKET_L, TokenKind.PAREN_L]);
const shallower: ReadonlySet<string> = new Set([TokenKind.BRACE_R, TokenKind.BRACKET_R, TokenKind.PAREN_R]);

/**
 * Checks the text of a document before it is parsed, because the parser recurses with each bracket. Syntax errors are left
 * to the parser.
 * @throws GraphQLError LIMIT_EXCEEDED
 */
export function checkText(text: string): void {
  if (text.length > limits.characters) {
    throw limitExceeded(
      `The document has ${text.length} characters; ${limits.characters} are allowed. Pass values as variables, and split the request.`,
    );
  }
  const lexer = new Lexer(new Source(text));
  let open = 0;
  for (let tokens = 0; ; tokens += 1) {
    if (tokens > limits.tokens) {
      throw limitExceeded(`The document has more than ${limits.tokens} tokens. Split the request.`);
    }
    let kind: string;
    try {
      kind = lexer.advance().kind;
    } catch {
      return;
    }
    if (kind === TokenKind.EOF) return;
    if (deeper.has(kind)) open += 1;
    if (shallower.has(kind)) open -= 1;
    if (open > limits.brackets) {
      throw limitExceeded(
        `Brackets are nested more than ${limits.brackets} deep in the document. Request less at once, or pass values as variables.`,
      );
    }
  }
}
