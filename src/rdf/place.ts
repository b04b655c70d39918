import { Fault, type Place } from '../faults.js';

/** The same fault, with its place in the document. */
export function withPlace(fault: Fault, place: Place): Fault {
  const { code, detail, place: known, ...rest } = fault.data;
  return new Fault(code, detail, { ...rest, place: { ...place, ...known }, cause: fault.cause });
}
