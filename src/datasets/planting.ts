import { Fault } from '../faults.js';
import type { KnowledgeGraph } from '../graph/api.js';
import { allRights } from '../graph/principal.js';
import type { ValidationReport } from '../graph/validation/report.js';
import { firstCommit, type FirstCommitOptions } from './seed.js';
import type { Stager } from './stager.js';

/** Writes the first commit of a new data folder. A seed that breaks a shape is a fault of the package: `shapes-violated`, and nothing is written. */
export async function plant(graph: Pick<KnowledgeGraph, 'base' | 'write'>, stager: Stager, options: FirstCommitOptions): Promise<void> {
  const { request, documents } = await firstCommit(graph.base, stager, options);
  const outcome = await graph.write(request, allRights);
  await Promise.all(documents.map((document) => stager.discard(document)));
  if (outcome.outcome === 'rejected') throw brokenSeed(outcome.report);
}

/** Who changed `data/` or `shapes/` of the package reads what to set right. */
function brokenSeed({ counts, results }: ValidationReport): Fault {
  const said = (language: 'nl' | 'en'): string =>
    results
      .filter(({ severity }) => severity === 'Violation')
      .slice(0, 5)
      .map(({ focusNode, dataset, messages, line }) => `\n  ${dataset.slice(dataset.lastIndexOf('/') + 1)}${line === undefined ? '' : ` (${line})`} ${focusNode}: ${messages[language] ?? Object.values(messages)[0] ?? ''}`)
      .join('');
  return new Fault('shapes-violated', {
    nl: `De gegevens die met Regiograaf meekomen (data/) voldoen niet aan de regels (shapes/): ${counts.Violation} fouten. De dienst start niet. De eerste:${said('nl')}\nMet SEED=none start de dienst zonder die gegevens.`,
    en: `The data that come with Regiograaf (data/) violate the shapes (shapes/): ${counts.Violation} errors. The service does not start. The first:${said('en')}\nWith SEED=none the service starts without these data.`,
  });
}
