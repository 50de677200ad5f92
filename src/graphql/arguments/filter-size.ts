import { badUserInput, limitExceeded } from '../errors.ts';
import { limits } from '../limits.ts';
import type { FilterInput } from './property-condition.ts';

/** Counts what a filter holds while it is parsed, and refuses one that is too deep or too large. */
export class FilterSize {
  #conditions = 0;
  #characters = 0;
  #values = 0;

  /** @throws GraphQLError LIMIT_EXCEEDED */
  checkDepth(depth: number): void {
    if (depth <= limits.filterDepth) return;
    throw limitExceeded(
      `Filters are nested more than ${limits.filterDepth} levels deep. Simplify the filter, or split the query.`,
    );
  }

  /**
   * All operands. Null is rejected, because it is always a mistake.
   * @throws GraphQLError BAD_USER_INPUT, LIMIT_EXCEEDED
   */
  operands(input: FilterInput): readonly (readonly [string, unknown])[] {
    const given = Object.entries(input).filter(([, operand]) => operand !== undefined);
    for (const [name, operand] of given) {
      this.#conditions += 1;
      if (operand === null) {
        throw badUserInput(
          `\`${name}\` in a filter is null. Leave it out, or find absent values with \`exists: false\`.`,
        );
      }
      if (Array.isArray(operand) && operand.length > limits.listedValues) {
        throw limitExceeded(
          `\`${name}\` in a filter has ${operand.length} values; the maximum is ${limits.listedValues}.`,
        );
      }
      this.#countValues(operand);
      this.#countCharacters(operand);
    }
    if (this.#conditions > limits.conditions) {
      throw limitExceeded(`The filter has more than ${limits.conditions} conditions. Simplify it, or split the query.`);
    }
    return given;
  }

  #countValues(operand: unknown): void {
    if (Array.isArray(operand)) this.#values += operand.length;
    if (this.#values > limits.filterValues) {
      throw limitExceeded(
        `The lists of a filter have up to ${limits.filterValues} values in all; this one has more. Split the query.`,
      );
    }
  }

  /** Before any of them is folded or compared. */
  #countCharacters(operand: unknown): void {
    for (const text of [operand].flat()) if (typeof text === 'string') this.#characters += text.length;
    if (this.#characters > limits.filterCharacters) {
      throw limitExceeded(
        `The texts of the filter have more than ${limits.filterCharacters} characters in total. Use shorter texts, or split the query.`,
      );
    }
  }
}
