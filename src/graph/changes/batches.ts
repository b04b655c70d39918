/** Most items in a batch of lines. */
const batchLines = 10_000;
/** A batch of long literals ends earlier: this bounds what holding one costs. */
const batchCharacters = 4 * 1024 * 1024;

/** Groups lines into batches that fit in memory, whatever the size of the whole. */
export function* inBatches<T>(items: Iterable<T>, lengthOf: (item: T) => number): Iterable<readonly T[]> {
  let batch: T[] = [];
  let characters = 0;
  for (const item of items) {
    batch.push(item);
    characters += lengthOf(item);
    if (batch.length < batchLines && characters < batchCharacters) continue;
    yield batch;
    batch = [];
    characters = 0;
  }
  if (batch.length > 0) yield batch;
}
