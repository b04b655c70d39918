import { Fault } from '../faults.js';

/**
 * One answer for a dataset that is not there and for one that the caller may not see. `dataset` in the problem lets who
 * answers say which one was meant.
 */
export function unknownDataset(dataset: string): Fault {
  return new Fault(
    'unknown-dataset',
    { nl: `De dataset ${dataset} bestaat niet, of u mag die niet zien.`, en: `There is no dataset ${dataset}, or you may not see it.` },
    { extra: { dataset } },
  );
}
