import { parentPort } from 'node:worker_threads';
import type { Quad } from '@rdfjs/types';
import { fromLine } from './rdf/nquads.js';
import type { QuadLine } from './graph/changeset.js';
import { engineMemory, faultOf } from './graph/engine/oxigraphModule.js';
import { OxigraphReplica } from './graph/engine/oxigraphReplica.js';
import { stagedQuads } from './graph/stagedFile.js';
import { giveWay } from './graph/threads/giveWay.js';
import { serve } from './graph/threads/rpc.js';
import type { DocumentCalls, DocumentCheck } from './graph/validation/documentValidator.js';
import { withSourceLines } from './graph/validation/sourceLines.js';
import { resource } from './resources.js';
import { readShapeFiles } from './validation/shapeFiles.js';
import { ShapesRegistry } from './validation/shapesRegistry.js';
import { IncrementalValidator } from './validation/validator.js';

/** The thread that validates documents on their own, composed. It knows no graph and can be ended at any moment. */
if (parentPort === null) throw new Error('validatorWorker is started as a worker thread');
giveWay('queries');

const own = readShapeFiles(resource('shapes'));
/** The shapes of the package with those added last: hardly ever others are asked for. */
let usual: { readonly key: string; readonly validator: IncrementalValidator } | undefined;

async function validatorFor(check: DocumentCheck): Promise<IncrementalValidator> {
  const { shapes, profile, added, base, unionDefaultGraph } = check;
  const makeState = (lines: readonly QuadLine[]): OxigraphReplica => {
    const state = new OxigraphReplica({ base, unionDefaultGraph });
    state.load(lines);
    return state;
  };
  const validatorOf = (quads: Iterable<Quad>): IncrementalValidator => new IncrementalValidator(ShapesRegistry.fromQuads(quads), { makeState });
  if (profile) return validatorOf(await readShapeFiles(resource('shapes', 'profiles', profile)));
  if (shapes) return validatorOf(stagedQuads(shapes.path));
  const key = added.join('\n');
  if (usual?.key !== key) usual = { key, validator: validatorOf([...(await own), ...added.map(fromLine)]) };
  return usual.validator;
}

serve<DocumentCalls>(parentPort, {
  start: async () => {
    await own;
    return undefined;
  },
  validate: async (check) => {
    try {
      const validator = await validatorFor(check);
      const report = withSourceLines(validator.validateDocument({ quads: stagedQuads(check.document.path), limit: check.limit }), [check.document]);
      return { report, memoryBytes: engineMemory() };
    } catch (error) {
      throw faultOf(error);
    }
  },
});
