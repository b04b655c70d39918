import { parentPort } from 'node:worker_threads';
import { RuleDeriver } from './insight/rules/ruleDeriver.js';
import { readRules } from './insight/rules/rules.js';
import { resource } from './resources.js';
import { ShapesRegistry } from './validation/shapesRegistry.js';
import { IncrementalValidator } from './validation/validator.js';
import { OxigraphReplica } from './graph/engine/oxigraphReplica.js';
import { faultOf } from './graph/engine/oxigraphModule.js';
import { serve } from './graph/threads/rpc.js';
import type { WriterCalls, WriterSettings } from './graph/writer/protocol.js';
import { readShapeFiles } from './validation/shapeFiles.js';
import { WriterThread } from './graph/writer/writerThread.js';
import type { QuadLine } from './graph/changeset.js';
import type { Quad } from '@rdfjs/types';

/** The writer's thread, composed: one call at a time, in the order they come. */
if (parentPort === null) throw new Error('writerWorker is started as a worker thread');
const port = parentPort;

let thread: WriterThread | undefined;
let turn: Promise<unknown> = Promise.resolve();

function opened(): WriterThread {
  if (!thread) throw new Error('the writer is not open');
  return thread;
}

/** Calls that wait for something (reading shapes) must not let others in between. */
function inTurn<T>(work: () => T | Promise<T>): Promise<T> {
  const result = turn.then(work);
  turn = result.catch(() => undefined);
  return result;
}

/** Work on the store; when it leaves the store in doubt, the thread ends once the answer is posted. */
function onStore<T>(work: (writer: WriterThread) => T): Promise<T> {
  return inTurn(() => {
    try {
      return work(opened());
    } catch (error) {
      throw faultOf(error);
    } finally {
      if (!opened().sound) setImmediate(() => process.exit(1));
    }
  });
}

async function open(settings: WriterSettings, progress: (commit: number) => void): Promise<WriterCalls['open']['answer']> {
  const { base, unionDefaultGraph } = settings;
  const engine = new OxigraphReplica({ base, unionDefaultGraph });
  const makeState = (lines: readonly QuadLine[]): OxigraphReplica => {
    const state = new OxigraphReplica({ base, unionDefaultGraph });
    state.load(lines);
    return state;
  };
  const own = await readShapeFiles(resource('shapes'));
  const deriver = new RuleDeriver(readRules(resource('vocab', 'rules'), base), base);
  const validatorWith = (added: Iterable<Quad>): IncrementalValidator => new IncrementalValidator(ShapesRegistry.fromQuads([...own, ...added]), { makeState });
  const parts = { engine, validatorWith, deriver };
  thread = WriterThread.open(settings, parts, progress);
  return thread.state();
}

serve<WriterCalls>(port, {
  open: (settings, { progress }) => inTurn(() => open(settings, progress)),
  write: (args) => onStore((writer) => writer.write(args)),
  validate: (args) => onStore((writer) => writer.validate(args)),
  purge: (args) => onStore((writer) => writer.purge(args)),
  snapshot: () => inTurn(() => opened().snapshot()),
  state: () => inTurn(() => opened().state()),
  close: () =>
    inTurn(() => {
      thread?.close();
      thread = undefined;
      return undefined;
    }),
});
