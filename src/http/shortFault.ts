import type { FaultData } from '../faults.js';

/** Characters of one text in a problem: a name or a value that it repeats from a request may be of any length. */
const longest = 1200;

/** The fault with the middle taken out of texts that are too long for anybody to read. */
export function shortFault(fault: FaultData): FaultData {
  return shortened(fault) as FaultData;
}

function shortened(value: unknown): unknown {
  if (typeof value === 'string') return value.length <= longest ? value : `${value.slice(0, longest / 2)} … ${value.slice(-longest / 4)}`;
  if (Array.isArray(value)) return value.map(shortened);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, shortened(item)]));
}
