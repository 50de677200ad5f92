/** A form of a document: the ending of its address, and its media type. */
export interface Form {
  readonly ending: string;
  readonly type: string;
}

/** Whether a range allows UTF-8, the only encoding that is sent. */
const allowsUtf8 = (parameters: readonly string[]): boolean =>
  parameters.every((parameter) => !parameter.startsWith('charset=') || parameter === 'charset=utf-8');

/** How much a media type is liked by an `Accept` header, from 0 to 1 (https://www.rfc-editor.org/rfc/rfc9110#section-12.5.1). */
export function weightOf(type: string, accept: string): number {
  const [mainType = ''] = type.split('/');
  let best = { precision: -1, weight: 0 };
  // A longer header could take any time, and no client needs one.
  for (const part of accept.slice(0, 1_000).split(',')) {
    const [range = '', ...parameters] = part.split(';').map((word) => word.trim().toLowerCase());
    const precision = [`*/*`, `${mainType}/*`, type].indexOf(range);
    if (precision <= best.precision || !allowsUtf8(parameters)) continue;
    const given = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2);
    const weight = given === undefined ? 1 : Number(given);
    best = { precision, weight: Number.isNaN(weight) ? 0 : weight };
  }
  return best.precision < 0 ? 0 : best.weight;
}

/** Whether a client takes any of some media types. */
export const takesAny = (types: readonly string[], accept: string | null): boolean =>
  accept === null || accept.trim() === '' || types.some((type) => weightOf(type, accept) > 0);

/** The form that a client likes best; of two alike, the first. `undefined` if it takes none. */
export function negotiate<F extends Form>(forms: readonly F[], accept: string | null): F | undefined {
  if (accept === null || accept.trim() === '') return forms[0];
  let best: { readonly form: F; readonly weight: number } | undefined;
  for (const form of forms) {
    const weight = weightOf(form.type, accept);
    if (weight > (best?.weight ?? 0)) best = { form, weight };
  }
  return best?.form;
}
