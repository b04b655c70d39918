import type { Request } from 'express';
import { Fault } from '../../faults.js';
import type { StagedDocument } from '../../graph/api.js';
import { contentType } from '../body.js';
import type { Deps } from '../deps.js';
import { uploadFormat } from '../formats.js';
import { readMultipart } from '../multipart.js';
import { discard } from '../writing.js';
import { checkSecret } from './access.js';
import type { Draft, Session } from './sessions.js';

/** What was wrong with an upload, with what the form held, so that a person does not fill it in again. */
export interface Refused {
  readonly error: Fault;
  readonly chosen?: string;
  readonly mode?: 'add' | 'replace';
}

function mode(text: string | undefined): 'add' | 'replace' {
  return text === 'vervangen' ? 'replace' : 'add';
}

/** Reads the upload form. The fields stand before the file in it, so the secret is checked before a byte is kept. */
export async function receiveUpload(deps: Deps, req: Request, session: Session): Promise<Omit<Draft, 'id'> | Refused> {
  if (contentType(req) !== 'multipart/form-data') {
    throw new Fault('unsupported-media-type', { nl: 'Stuur het bestand met het formulier.', en: 'Send the file with the form.' });
  }
  let staged: { readonly document: StagedDocument; readonly fileName: string } | undefined;
  let seen: ReadonlyMap<string, string> = new Map();
  try {
    const fields = await readMultipart(req, deps.config.maxUploadBytes, async (part, before) => {
      seen = before;
      checkSecret(session, before.get('geheim'));
      const fileName = (part.fileName ?? '').replace(/^.*[/\\]/, '').slice(0, 200);
      if (part.name !== 'bestand' || fileName === '' || staged) {
        part.stream.resume();
        return;
      }
      /* Browsers guess media types of RDF badly: the file name decides. */
      const format = uploadFormat('', fileName);
      staged = { fileName, document: await deps.stage(part.stream, { format, fileName }) };
    });
    seen = fields;
    checkSecret(session, fields.get('geheim'));
    const dataset = fields.get('dataset');
    if (!staged) throw new Fault('bad-request', { nl: 'Kies eerst een bestand.', en: 'Choose a file first.' });
    if (dataset === undefined || dataset === '') throw new Fault('bad-request', { nl: 'Kies een dataset.', en: 'Choose a dataset.' });
    return { ...staged, dataset, mode: mode(fields.get('wijze')) };
  } catch (error) {
    if (staged) await discard(staged.document);
    if (!(error instanceof Fault) || error.code === 'forbidden' || error.status >= 500) throw error;
    const chosen = seen.get('dataset');
    return { error, mode: mode(seen.get('wijze')), ...(chosen === undefined ? {} : { chosen }) };
  }
}
