import { derivedDataset } from '../catalogue.js';
import { ChangesetBuilder } from '../changes/changesetBuilder.js';
import { descriptionLines } from '../description.js';
import type { Composition } from '../writer/composition.js';
import type { Deriver } from './deriver.js';

/**
 * Adds what follows from a composed write to it. The derived dataset is described the first time there is something in
 * it; it only reports, because who made the change cannot mend an inference.
 */
export function derive(composition: Composition, deriver: Deriver, everything: boolean): void {
  const { engine, base, before, folder } = composition;
  using builder = new ChangesetBuilder({ folder });
  deriver.derive({ engine, changes: composition.changeset(), before, everything }, ({ op, line }) => builder.add(op, line));
  if (builder.counts().size === 0) return;
  const dataset = derivedDataset(base);
  if (!engine.datasets.some(({ iri }) => iri === dataset)) {
    composition.operation((emit) => {
      for (const line of descriptionLines(base, dataset, description)) emit('+', line);
    });
  }
  composition.attach(builder.build());
}

const description = {
  title: { nl: 'Afleidingen volgens de regels', en: 'Inferences by the rules' },
  description: {
    nl: 'Wat de regels uit de andere datasets afleiden: omgekeerde en verder reikende verbanden, vroegere namen, kern of gerelateerd. Niemand wijzigt dit zelf.',
    en: 'What the rules derive from the other datasets: inverse and transitive relations, former names, core or related. Nobody changes this by hand.',
  },
  status: 'afgeleid',
  mode: 'report',
  visibility: 'public',
  licence: 'https://data.vlaanderen.be/id/licentie/creative-commons-zero-verklaring/v1.0',
} as const;
