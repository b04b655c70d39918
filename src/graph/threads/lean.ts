/**
 * Limits of a thread that does a little at a time. V8 otherwise lets the new objects of each thread grow to some 50 MB
 * before it looks at them, which is most of what such a thread would hold.
 */
export const lean = { maxYoungGenerationSizeMb: 8 } as const;
