import { type ASTVisitor, type FloatValueNode, getNamedType, type IntValueNode, type ValidationContext } from 'graphql';
import { KEPT_DIGITS, keepsDigits } from '../ontology/keeps-digits.ts';
import { badUserInput } from './errors.ts';

/** Why a number, or the text that `parseExactJson` makes of it, is refused; `undefined` if it keeps its digits. */
export const reasonAgainst = (digits: string): string | undefined =>
  keepsDigits(digits) ? undefined : `a number must have ${KEPT_DIGITS}`;

/** A validation rule: no number in a document becomes another one. An ID keeps all digits. */
export function ExactNumbersRule(context: ValidationContext): ASTVisitor {
  const check = ({ value }: IntValueNode | FloatValueNode) => {
    const reason = getNamedType(context.getInputType())?.name === 'ID' ? undefined : reasonAgainst(value);
    if (reason !== undefined) context.reportError(badUserInput(`Invalid value ${value.slice(0, 50)}: ${reason}.`));
  };
  return { IntValue: check, FloatValue: check };
}
