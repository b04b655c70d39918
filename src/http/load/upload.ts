import type { Request } from 'express';
import { Fault } from '../../faults.js';
import type { StagedDocument } from '../../graph/api.js';
import type { Visibility } from '../../graph/dataset.js';
import { newDataset } from '../../pages/loadPages.js';
import { contentType } from '../body.js';
import { datasetIri, type Deps } from '../deps.js';
import { uploadFormat } from '../formats.js';
import { readMultipart } from '../multipart.js';
import { discard } from '../writing.js';
import { checkSecret } from './access.js';
import type { Visitor } from './answers.js';
import type { Draft } from './sessions.js';

/** What was wrong with an upload, with what the form held, so that a person does not fill it in again. */
export interface Refused {
  readonly error: Fault;
  readonly chosen?: string;
  readonly newName?: string;
  readonly mode?: 'add' | 'replace';
}

function mode(text: string | undefined): 'add' | 'replace' {
  return text === 'vervangen' ? 'replace' : 'add';
}

/** The dataset that was chosen, or the one that a typed name makes. */
async function datasetOf(deps: Deps, fields: ReadonlyMap<string, string>, who: Visibility): Promise<string> {
  const dataset = fields.get('dataset') ?? '';
  if (dataset === '') throw new Fault('bad-request', { nl: 'Kies een dataset.', en: 'Choose a dataset.' });
  if (dataset !== newDataset) return dataset;
  const slug = (fields.get('naam') ?? '').normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '');
  if (slug === '') throw new Fault('bad-request', { nl: 'Geef de nieuwe dataset een naam, met letters of cijfers.', en: 'Give the new dataset a name, of letters or digits.' });
  const known = await deps.graph.datasets(who);
  if (known.some((info) => info.slug === slug)) {
    throw new Fault('bad-request', { nl: `Er is al een dataset ${slug}. Kies hem in de lijst, of geef een andere naam.`, en: `There is a dataset ${slug} already. Choose it in the list, or give another name.` });
  }
  return datasetIri(deps.graph, slug, known);
}

/** Reads the upload form. The fields stand before the file in it, so the secret is checked before a byte is kept. */
export async function receiveUpload(deps: Deps, req: Request, { session, principal }: Visitor): Promise<Omit<Draft, 'id' | 'seen'> | Refused> {
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
    if (!staged) throw new Fault('bad-request', { nl: 'Kies eerst een bestand.', en: 'Choose a file first.' });
    return { ...staged, dataset: await datasetOf(deps, fields, principal.visibility), mode: mode(fields.get('wijze')) };
  } catch (error) {
    if (staged) await discard(staged.document);
    if (!(error instanceof Fault) || error.code === 'forbidden' || error.status >= 500) throw error;
    const chosen = seen.get('dataset');
    const newName = seen.get('naam');
    return { error, mode: mode(seen.get('wijze')), ...(chosen === undefined ? {} : { chosen }), ...(newName === undefined ? {} : { newName }) };
  }
}
