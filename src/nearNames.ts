/** Letters of a name that somebody may have mistyped: comparing what is longer would keep others waiting. */
const longest = 200;

/** What two spellings of a name have in common: case, accents and the marks between words do not count. */
function plain(name: string): string {
  return name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}

function pairs(text: string): ReadonlySet<string> {
  return new Set(Array.from({ length: Math.max(0, text.length - 1) }, (_none, at) => text.slice(at, at + 2)));
}

/** How many pairs of letters two names share, from 0 to a half. */
function likeness(a: string, b: string): number {
  const [left, right] = [pairs(a), pairs(b)];
  return [...left].filter((pair) => right.has(pair)).length / Math.max(1, left.size + right.size);
}

/** The names that come near to what somebody wrote, best first; only those it is a typing error for, when there are any. */
export function nearNames(text: string, names: readonly string[], most = 3): readonly string[] {
  if (text.length > longest) return [];
  const meant = names.filter((name) => isSlip(text, name));
  if (meant.length > 0) return meant.slice(0, most);
  return names
    .map((name) => ({ name, near: likeness(plain(text), plain(name)) }))
    .filter(({ near }) => near > 0.15)
    .toSorted((a, b) => b.near - a.near)
    .slice(0, most)
    .map(({ name }) => name);
}

/** Letters to change, add, drop or swap with their neighbour to make one word of the other; more than `most` is not counted. */
function slips(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let before: readonly number[] = [];
  let row: readonly number[] = Array.from({ length: b.length + 1 }, (_none, at) => at);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? (before[j - 2] ?? 0) + 1 : Infinity;
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (same ? 0 : 1), swapped));
    }
    [before, row] = [row, next];
  }
  return row[b.length] ?? 0;
}

function words(name: string): readonly string[] {
  return plain(name).split(/[^\p{L}\p{N}]+/u);
}

function isSlipOfWord(a: string, b: string): boolean {
  if (a === b) return true;
  // One of a series: 2024 and 2025, fase1 and fase2.
  if (a.replaceAll(/\d/g, '') === b.replaceAll(/\d/g, '')) return false;
  const shortest = Math.min(a.length, b.length);
  const most = shortest >= 8 ? 2 : 1;
  return shortest >= 4 && slips(a, b, most) <= most;
}

/**
 * True when one name is most likely a typing error for the other (`actorne`, `actor-en`, `Actoren`), and not a name
 * beside it (`actoren-2`, `meting-a` and `meting-b`).
 */
export function isSlip(written: string, name: string): boolean {
  if (written === name || Math.max(written.length, name.length) > longest) return false;
  const [left, right] = [words(written), words(name)];
  if (left.join('') === right.join('')) return true;
  return left.length === right.length && left.every((word, at) => isSlipOfWord(word, right[at] ?? ''));
}
