import type { Request, Response } from 'express';
import { Fault } from '../../faults.js';
import type { Deps } from '../deps.js';
import { sendOutcome } from '../outcome.js';
import { ifHead, note, writeOptions, writer } from '../writing.js';

/** `POST /commits/{n}/ongedaan`: takes back what a commit stated, as a commit of its own. */
export async function postUndo(deps: Deps, req: Request, res: Response): Promise<void> {
  const principal = writer(res);
  const text = String(req.params['number']);
  if (!/^[1-9]\d{0,14}$/.test(text)) throw new Fault('not-found', { nl: `Versie ${text} bestaat niet.`, en: `There is no version ${text}.` });
  const commit = Number(text);
  const outcome = await deps.graph.write(
    { action: { kind: 'undo', commit }, source: 'undo', note: note(req, `Versie ${commit} ongedaan gemaakt`), ...ifHead(req), ...writeOptions(req) },
    principal,
  );
  await sendOutcome(deps, req, res, outcome);
}
