import { type DocumentNode, GraphQLError, NoSchemaIntrospectionCustomRule, validate } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { LRUCache } from 'lru-cache';
import { checkDocument, checkText, checkVariables } from '../schema/document-limits.ts';
import { limitExceeded } from '../schema/errors.ts';
import { limits } from '../schema/limits.ts';
import { refusal } from './bad-request.ts';

/** Documents are kept parsed up to so many characters of text in all: a tree takes some hundred times the room of its text. */
const KEPT_CHARACTERS = 1_000_000;

const bySize = <Value extends object>() =>
  new LRUCache<string, Value>({ maxSize: KEPT_CHARACTERS, sizeCalculation: (_, text) => text.length + 100 });

/** Keeps parsed documents, so that none is parsed twice, within a bound of memory that no caller can widen. */
export const createDocumentCache = () => ({
  documentCache: bySize<DocumentNode>(),
  errorCache: bySize<Error>(),
  validationCache: true,
});

/** Of a validation that gave up, since it would have to compare too many pairs of fields. */
const ABORTED = 'Validation aborted.';

const tooManyAlike = () =>
  refusal(
    limitExceeded(
      'Too many fields under the same names stand beside one another. Select each once, or split the request.',
    ),
  );

/** Coercing a variable suggests names of the schema, and cannot be told not to. */
function withoutSuggestion(error: GraphQLError): GraphQLError {
  const message = error.message.replace(/ Did you mean [^?]*\?/g, '');
  if (message === error.message) return error;
  const { nodes, path, originalError, extensions } = error;
  return new GraphQLError(message, {
    nodes: nodes ?? null,
    path: path ?? null,
    originalError: originalError ?? null,
    extensions,
  });
}

/** What a check refuses, as the errors of a request; nothing where it does not. */
function refusedBy(check: () => void): readonly GraphQLError[] | undefined {
  try {
    check();
    return undefined;
  } catch (error) {
    if (error instanceof GraphQLError) return [refusal(error)];
    throw error;
  }
}

/**
 * Refuses what is too large to be parsed, validated or coerced in good time. It stands on these steps themselves, so that
 * it holds for every transport.
 *
 * @param introspection whether the schema may be asked for; where it may not, no message suggests a name either
 */
export function useLimits({ introspection }: { readonly introspection: boolean }): Plugin {
  const fits = new WeakSet<DocumentNode>();

  interface Execution {
    readonly args: { readonly variableValues?: unknown };
    setResultAndStopExecution(result: { readonly errors: readonly GraphQLError[] }): void;
  }

  interface Result {
    readonly result: unknown;
    setResult(result: object): void;
  }

  function onExecution({ args, setResultAndStopExecution }: Execution): void {
    const errors = refusedBy(() => checkVariables(args.variableValues));
    if (errors) setResultAndStopExecution({ errors });
  }

  function onResult({ result, setResult }: Result): void {
    const { errors } = result as { readonly errors?: readonly GraphQLError[] };
    if (errors) setResult({ ...(result as object), errors: errors.map(withoutSuggestion) });
  }

  return {
    onParse({ parseFn, setParseFn }) {
      setParseFn((source: string | { readonly body: string }, options: unknown) => {
        const errors = refusedBy(() => checkText(typeof source === 'string' ? source : source.body));
        if (errors) throw errors[0];
        return parseFn(source, options);
      });
    },
    onValidate({ params: { documentAST }, setValidationFn, addValidationRule, setResult }) {
      if (!fits.has(documentAST)) {
        const errors = refusedBy(() => checkDocument(documentAST));
        if (errors) return setResult(errors);
        fits.add(documentAST);
      }
      if (!introspection) addValidationRule(NoSchemaIntrospectionCustomRule);
      setValidationFn((schema, document, rules) =>
        validate(schema, document, rules, { maxErrors: limits.validationErrors, hideSuggestions: !introspection }).map(
          (error) => (error.message === ABORTED ? tooManyAlike() : error),
        ),
      );
      return undefined;
    },
    onExecute(execution) {
      onExecution(execution);
      return introspection ? undefined : { onExecuteDone: onResult };
    },
    onSubscribe(execution) {
      onExecution(execution);
      return introspection ? undefined : { onSubscribeResult: onResult };
    },
  };
}
