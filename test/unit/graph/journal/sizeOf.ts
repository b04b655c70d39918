/** Quads in a commit of the kill test; now and then many, so that a kill can fall in the middle of one. */
export function sizeOf(commit: number): number {
  return commit % 7 === 0 ? 3_000 : 2;
}
