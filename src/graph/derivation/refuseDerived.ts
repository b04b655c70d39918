import { Fault } from '../../faults.js';
import { derivedDataset } from '../catalogue.js';

/** Nobody writes or describes what the rules derive. @throws Fault forbidden that says what to do instead. */
export function refuseDerived(dataset: string, base: string): void {
  if (dataset !== derivedDataset(base)) return;
  throw new Fault('forbidden', {
    nl: `Wat in ${dataset} staat, leiden de regels af. Wijzig de gegevens waaruit het volgt; de afleiding volgt in dezelfde versie.`,
    en: `What is in ${dataset} is derived by the rules. Change the data it follows from; the inference follows in the same commit.`,
  });
}
