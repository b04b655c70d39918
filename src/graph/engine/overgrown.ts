export interface MemoryLimits {
  readonly memoryPerQuad: number;
  readonly memoryFloor: number;
}

/** Bytes an engine may hold: more than its quads explain by far, because it never gives any back. */
export const memoryLimits: MemoryLimits = { memoryPerQuad: 1000, memoryFloor: 64 * 1024 * 1024 };

/**
 * True when an engine holds much more memory than its quads explain. One that was born large is measured by its
 * birth, or it would be replaced for ever.
 */
export function overgrown(now: { readonly quads: number; readonly memoryBytes: number }, birthBytes: number, limits = memoryLimits): boolean {
  return now.memoryBytes > Math.max(limits.memoryFloor + limits.memoryPerQuad * now.quads, birthBytes * 1.5);
}
