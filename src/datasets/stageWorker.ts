import { parentPort } from 'node:worker_threads';
import type { StagedDocument } from '../graph/api.js';
import { serve } from '../graph/threads/rpc.js';
import { stage, type StageJob } from './stageJob.js';

/** What the staging thread does: reading documents, so that neither main nor writer has to. */
export interface StageCalls {
  readonly stage: { readonly args: StageJob; readonly answer: StagedDocument; readonly progress: number };
}

if (parentPort) {
  serve<StageCalls>(parentPort, { stage: (job, context) => stage(job, (quads) => context.progress(quads)) });
}
