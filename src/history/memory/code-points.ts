const isSurrogate = (unit: number) => unit >= 0xd800 && unit <= 0xdfff;

/** Orders texts by their code points, as Neo4j does. JavaScript orders by units, which differ beyond U+D7FF. */
export function byCodePoints(left: string, right: string): number {
  const length = Math.min(left.length, right.length);
  for (let index = 0; index < length; index += 1) {
    const [one, other] = [left.charCodeAt(index), right.charCodeAt(index)];
    if (one === other) continue;
    if (isSurrogate(one) !== isSurrogate(other)) return isSurrogate(one) ? 1 : -1;
    return one - other;
  }
  return left.length - right.length;
}
