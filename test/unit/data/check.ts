import { joinLine } from '../../../src/rdf/nquads.js';
import { canonicalQuad } from '../../../src/rdf/canonical.js';
import { termText } from '../../../src/rdf/terms.js';
import type { Quad } from '@rdfjs/types';
import type { QuadLine } from '../../../src/graph/changeset.js';
import type { DatasetSettings } from '../../../src/graph/dataset.js';
import { OxigraphReplica } from '../../../src/graph/engine/oxigraphReplica.js';
import { readShapeFiles } from '../../../src/validation/shapeFiles.js';
import { skolemise } from '../../../src/rdf/skolem.js';
import { resource } from '../../../src/resources.js';
import type { ValidationReport } from '../../../src/graph/validation/report.js';
import { documentDataset } from '../../../src/validation/documentLines.js';
import { ShapesRegistry } from '../../../src/validation/shapesRegistry.js';
import { IncrementalValidator } from '../../../src/validation/validator.js';
import { base, datasets, seedQuads } from './seed.js';

export const shapeQuads: readonly Quad[] = await readShapeFiles(resource('shapes'));

function stateOf(lines: readonly QuadLine[], settings: readonly DatasetSettings[]): OxigraphReplica {
  const state = new OxigraphReplica({ base });
  state.load(lines);
  state.setDatasets(settings);
  return state;
}

const validator = new IncrementalValidator(ShapesRegistry.fromQuads(shapeQuads), { makeState: (lines) => stateOf(lines, [documentDataset]) });
const limit = 10_000;

/** The report on a document of its own, by the validator the service runs. */
export function checkDocument(quads: readonly Quad[]): ValidationReport {
  return validator.validateDocument({ quads, limit });
}

/** The report on all seed datasets together, each judged as the service judges it. */
export function checkSeed(): ValidationReport {
  const settings: DatasetSettings[] = [];
  const lines: QuadLine[] = [];
  for (const { slug, status, visibility } of datasets) {
    const iri = `${base}id/dataset/${slug}`;
    settings.push({ iri, status, mode: 'enforce', visibility });
    for (const quad of skolemise(seedQuads(slug), base)) {
      const { subject, predicate, object } = canonicalQuad(quad);
      lines.push(joinLine(termText(subject), termText(predicate), termText(object), `<${iri}>`));
    }
  }
  return validator.validateAll(stateOf(lines, settings), settings, { limit });
}
