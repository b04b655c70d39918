import { createHash } from 'node:crypto';
import type { QuadLine } from '../changeset.js';
import type { WriteRequest } from '../api.js';

/** Digest of what a request asks, equal for a repeated request: staged files count by the digest of their source, what LOAD got by its address. */
export function fingerprint({ action, ifHead, ifEntity, ifDataset, force }: WriteRequest, base: string): string {
  const asked = action.kind === 'entity' ? { ...action, lines: withNumberedNodes(action.lines, base) } : action;
  const text = JSON.stringify([asked, ifHead, ifEntity, ifDataset, force], (key, value: unknown) => (key === 'path' || key === 'loads' ? undefined : value));
  return createHash('sha256').update(text).digest('hex');
}

/** Blank nodes get other skolem IRIs each time a document comes in: they count by the order in which they appear. */
function withNumberedNodes(lines: readonly QuadLine[], base: string): readonly QuadLine[] {
  const prefix = `<${base}.well-known/genid/`;
  const numbers = new Map<string, number>();
  return lines.map((line) =>
    line
      .split(prefix)
      .map((piece, index) => {
        if (index === 0) return piece;
        const end = piece.indexOf('>');
        const name = piece.slice(0, end);
        if (!numbers.has(name)) numbers.set(name, numbers.size);
        return `_:${numbers.get(name)}${piece.slice(end + 1)}`;
      })
      .join(''),
  );
}
