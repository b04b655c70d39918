const surrogate = /[\uD800-\uDFFF]/;

/**
 * Code-point order, which is the order of the UTF-8 bytes and so SQLite's too. JavaScript's own order is by UTF-16
 * unit: it puts U+1F600 before U+FF5E.
 */
export function compareCodePoints(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index++) {
    const left = a.charCodeAt(index);
    const right = b.charCodeAt(index);
    if (left === right) continue;
    const leftIsSurrogate = left >= 0xd800 && left <= 0xdfff;
    const rightIsSurrogate = right >= 0xd800 && right <= 0xdfff;
    return leftIsSurrogate === rightIsSurrogate ? left - right : leftIsSurrogate ? 1 : -1;
  }
  return a.length - b.length;
}

/** Sorted in code-point order; by the engine's own fast sort where the two orders agree. */
export function sortedByCodePoint(texts: readonly string[]): string[] {
  return texts.some((text) => surrogate.test(text)) ? texts.toSorted(compareCodePoints) : texts.toSorted();
}
