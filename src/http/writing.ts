import { rm } from 'node:fs/promises';
import type { Request, Response } from 'express';
import { Fault } from '../faults.js';
import { checkIri } from '../rdf/iri.js';
import type { StagedDocument, WriteRequest } from '../graph/api.js';
import type { Principal } from '../graph/principal.js';
import { bodyStream, contentType } from './body.js';
import { fields, info } from './context.js';
import type { Fields } from './form.js';
import type { Deps } from './deps.js';
import type { StageOptions } from './options.js';
import { expectedState } from './etag.js';
import { uploadFormat } from './formats.js';

/** The caller of a write; Fault `unauthorised` when nobody signed in. */
export function writer(res: Response): Principal {
  const { principal } = info(res);
  if (principal.token === undefined && principal.role === 'reader') {
    throw new Fault('unauthorised', {
      nl: 'Schrijven kan alleen met een token: stuur "Authorization: Bearer …".',
      en: 'Writing needs a token: send "Authorization: Bearer …".',
    });
  }
  return principal;
}

/** A yes/no parameter: present without value, `1`, `true`, `ja` or `yes`. */
export function flag(parameters: Fields, name: string): boolean {
  const value = parameters.one(name);
  return value !== undefined && /^(?:|1|true|ja|yes)$/i.test(value);
}

/** What the headers and parameters of any write may ask for. */
export function writeOptions(req: Request, parameters: Fields = fields(req)): Pick<WriteRequest, 'dryRun' | 'showChanges' | 'idempotencyKey' | 'force'> {
  const idempotencyKey = req.get('idempotency-key');
  if (idempotencyKey !== undefined && (idempotencyKey.length > 255 || idempotencyKey === '')) {
    throw new Fault('bad-request', { nl: 'Een Idempotency-Key telt 1 tot 255 tekens.', en: 'An Idempotency-Key has 1 to 255 characters.' });
  }
  return {
    ...(flag(parameters, 'dry-run') ? { dryRun: true, showChanges: 1000 } : {}),
    ...(flag(parameters, 'force') ? { force: true } : {}),
    ...(idempotencyKey === undefined ? {} : { idempotencyKey }),
  };
}

/** `If-Match` on the head of the log. */
export function ifHead(req: Request): Pick<WriteRequest, 'ifHead'> {
  const expected = expectedState(req.get('if-match'));
  if (expected === 'none') throw changedMeanwhile();
  return typeof expected === 'number' ? { ifHead: expected } : {};
}

/** `If-None-Match: *` on something that is there. */
export function alreadyThere(): Fault {
  return new Fault('precondition-failed', {
    nl: 'Dit bestaat al, en u vroeg met If-None-Match om alleen iets nieuws te maken. Laat die kop weg om het te vervangen.',
    en: 'This exists already, and If-None-Match asked to make only something new. Leave that header out to replace it.',
  });
}

/**
 * What is wrong with a write as the graph stands now. A repeated request (`Idempotency-Key`) finds what it did itself
 * the first time: the graph decides whether it is one.
 */
export function refused(req: Request, fault: Fault): Pick<WriteRequest, 'unlessRepeated'> {
  if (req.get('idempotency-key') === undefined) throw fault;
  return { unlessRepeated: fault.data };
}

export function changedMeanwhile(): Fault {
  return new Fault('precondition-failed', {
    nl: 'Wat u wilt wijzigen is intussen veranderd, of de ETag is niet van ons. Haal het opnieuw op.',
    en: 'What you want to change has changed, or the entity tag is not ours. Fetch it again.',
  });
}

/** The note of a commit: the caller's own words (`?bericht=`), else ours. */
export function note(req: Request, fallback: string, origin?: string): WriteRequest['note'] {
  const message = fields(req).one('bericht')?.slice(0, 500);
  return { message: message === undefined || message === '' ? fallback : message, ...(origin === undefined ? {} : { origin }) };
}

/** Name of the uploaded file, when the client says one (RFC 6266 on requests is informal, but curl users do it). */
function fileName(req: Request): string {
  const given = fields(req).one('bestand') ?? /filename="?([^";]+)"?/.exec(req.get('content-disposition') ?? '')?.[1];
  return given === undefined ? '' : given.replace(/^.*[/\\]/, '').slice(0, 200);
}

/**
 * Parses the body to a staged document and removes the file when the work with it is done. Relative IRIs resolve
 * against `?basis=`, else against `baseIri`; with neither they are refused, for nobody means the address of an upload.
 */
export async function withStagedBody<T>(
  deps: Deps,
  req: Request,
  baseIri: string | undefined,
  work: (document: StagedDocument, file: string) => Promise<T>,
  from: Pick<StageOptions, 'anonymous'> = {},
): Promise<T> {
  const file = fileName(req);
  const format = uploadFormat(contentType(req), file);
  const base = chosenBase(req, baseIri);
  const document = await deps.stage(bodyStream(req, deps.config.maxUploadBytes), { format, fileName: file, ...base, ...from });
  try {
    /* The same bytes read with another base are another document. */
    return await work(base.baseIri === undefined ? document : { ...document, digest: `${document.digest} ${base.baseIri}` }, file);
  } finally {
    await discard(document);
  }
}

/** The base for relative IRIs: the caller's `?basis=`, else the one given. Fault invalid-iri. */
export function chosenBase(req: Request, otherwise?: string): { readonly baseIri?: string } {
  const baseIri = fields(req).one('basis') ?? otherwise;
  if (baseIri === undefined) return {};
  checkIri(baseIri);
  return { baseIri };
}

export async function discard(document: StagedDocument): Promise<void> {
  await rm(document.path, { force: true });
}
