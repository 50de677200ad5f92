import {
  type DocumentNode,
  type ExecutionArgs,
  GraphQLError,
  getOperationAST,
  NoSchemaIntrospectionCustomRule,
  type ParseOptions,
  validate,
} from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { LRUCache } from 'lru-cache';
import { readVariables } from '../../schema/arguments/variables.ts';
import { checkDocument, checkText, checkVariables, isLocated } from '../../schema/cost/document-limits.ts';
import { limitExceeded } from '../../schema/errors.ts';
import { limits } from '../../schema/limits.ts';
import { refusal } from '../bad-request.ts';

/** Documents are kept parsed up to so many characters of text in all: a tree takes some hundred times the room of its text. */
const KEPT_CHARACTERS = 120_000;

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
    limitExceeded('Too many sibling fields have the same response name. Select each once, or split the request.'),
  );

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
    readonly args: Pick<ExecutionArgs, 'schema' | 'document' | 'operationName' | 'variableValues'>;
    setResultAndStopExecution(result: { readonly errors: readonly GraphQLError[] }): void;
  }

  /** Variables that cannot be used end here: graphql itself would repeat a value as a whole in each message. */
  function onExecution({ args, setResultAndStopExecution }: Execution): void {
    const { schema, document, operationName, variableValues } = args;
    const operation = getOperationAST(document, operationName);
    const errors =
      refusedBy(() => checkVariables(variableValues)) ??
      (operation &&
        readVariables(schema, operation, variableValues, { hideSuggestions: !introspection }).errors?.map(refusal));
    if (errors) setResultAndStopExecution({ errors });
  }

  return {
    onParse({ parseFn, setParseFn }) {
      setParseFn((source: string | { readonly body: string }, options: ParseOptions | undefined) => {
        const text = typeof source === 'string' ? source : source.body;
        const errors = refusedBy(() => checkText(text));
        if (errors) throw errors[0];
        return parseFn(source, isLocated(text) ? options : { ...options, noLocation: true });
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
    onExecute: onExecution,
    onSubscribe: onExecution,
  };
}
