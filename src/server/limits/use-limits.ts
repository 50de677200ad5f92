import {
  type DocumentNode,
  type ExecutionArgs,
  GraphQLError,
  getOperationAST,
  NoSchemaIntrospectionCustomRule,
  type ParseOptions,
  validate,
} from 'graphql';
import { createCache } from '../../engine/budgets/budgeted-cache.ts';
import { readVariables } from '../../graphql/arguments/variables.ts';
import { checkText } from '../../graphql/check-text.ts';
import { checkDocument, checkVariables, isLocated } from '../../graphql/cost/document-limits.ts';
import { limitExceeded } from '../../graphql/errors.ts';
import { ExactNumbersRule } from '../../graphql/exact-numbers.ts';
import { limits } from '../../graphql/limits.ts';
import { badRequest, refusal } from '../bad-request.ts';
import type { RequestPlugin } from '../phases.ts';
import { checkOperationName } from './check-operation-name.ts';

/** A parsed document takes some hundred times the memory of its text. */
const BYTES_PER_CHARACTER = 100;

const bySize = <Value extends object>() =>
  createCache<Value>('documents', { sizeOf: (_, text) => BYTES_PER_CHARACTER * (text.length + 100) });

/** A cache of parsed documents, limited in memory whatever callers send. */
export const createDocumentCache = () => ({
  documentCache: bySize<DocumentNode>(),
  errorCache: bySize<Error>(),
  validationCache: true,
});

/** The error if validation would have to compare too many pairs of fields. */
const ABORTED = 'Validation aborted.';

const tooManyAlike = () =>
  refusal(
    limitExceeded('Too many sibling fields have the same response name. Select each once, or split the request.'),
  );

/** The errors that a check throws; `undefined` if it passes. */
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
 * Refuses requests that would take too long to parse, validate or coerce. It hooks into these steps themselves, so that it
 * applies to every transport.
 *
 * @param introspection whether clients may query the schema; otherwise messages suggest no names either
 */
export function useLimits({ introspection }: { readonly introspection: boolean }): RequestPlugin {
  const fits = new WeakSet<DocumentNode>();

  interface Execution {
    readonly args: Pick<ExecutionArgs, 'schema' | 'document' | 'operationName' | 'variableValues'>;
    setResultAndStopExecution(result: { readonly errors: readonly GraphQLError[] }): void;
  }

  /** Refuses invalid variables here, because graphql would repeat whole values in its messages. */
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
    phase: 'parse',
    onParams({ params: { query } }) {
      if (query === undefined || query === null)
        throw badRequest('The request names no document. Send its text as `query`, or its ID as `documentId`.');
    },
    onParse({ parseFn, setParseFn }) {
      setParseFn((source: string | { readonly body: string }, options: ParseOptions | undefined) => {
        const text = typeof source === 'string' ? source : source.body;
        const errors = refusedBy(() => checkText(text));
        if (errors) throw errors[0];
        return parseFn(source, isLocated(text) ? options : { ...options, noLocation: true });
      });
      return ({ result, context: { params } }) => {
        if (!result || result instanceof Error) return;
        checkOperationName(result as DocumentNode, params?.operationName);
      };
    },
    onValidate({ params: { documentAST }, setValidationFn, addValidationRule, setResult }) {
      if (!fits.has(documentAST)) {
        const errors = refusedBy(() => checkDocument(documentAST));
        if (errors) return setResult(errors);
        fits.add(documentAST);
      }
      addValidationRule(ExactNumbersRule);
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
