import type { Request } from 'express';
import busboy from 'busboy';
import { Readable } from 'node:stream';
import { Fault } from '../faults.js';
import { bodyStream } from './body.js';

export interface FilePart {
  readonly name: string;
  readonly fileName?: string;
  readonly mediaType: string;
  readonly stream: Readable;
}

function malformed(cause: unknown): Fault {
  return new Fault('bad-request', { nl: 'Het formulier (multipart) is niet goed opgebouwd.', en: 'The multipart body is malformed.' }, { cause });
}

/**
 * Reads multipart/form-data (RFC 7578) as it comes: each file goes to `file` while it streams, one at a time. Returns
 * the plain fields, those that came before a file already being known to it through the second argument.
 */
export async function readMultipart(
  req: Request,
  limit: number,
  file: (part: FilePart, fields: ReadonlyMap<string, string>) => Promise<void>,
  maxFiles = 2,
): Promise<ReadonlyMap<string, string>> {
  const fields = new Map<string, string>();
  let parser: busboy.Busboy;
  try {
    parser = busboy({ headers: req.headers, limits: { files: maxFiles, fields: 20, fieldSize: 10_000, parts: maxFiles + 20 }, defParamCharset: 'utf8' });
  } catch (cause) {
    throw malformed(cause);
  }
  const source = Readable.from(bodyStream(req, limit));
  let work: Promise<void> = Promise.resolve();
  await new Promise<void>((resolve, reject) => {
    const fail = (error: unknown): void => {
      source.destroy();
      parser.destroy();
      req.unpipe();
      reject(error instanceof Error ? error : malformed(error));
    };
    parser.on('field', (name, value) => fields.set(name, value));
    parser.on('file', (name, stream, { filename, mimeType }) => {
      const part = { name, mediaType: mimeType.toLowerCase(), stream, ...(filename ? { fileName: filename } : {}) };
      work = work.then(() => file(part, fields));
      /* A failure here must stop the reading: nobody consumes this part any more. */
      work.catch(fail);
    });
    parser.on('filesLimit', () => fail(malformed(new Error('files'))));
    parser.on('error', (cause: unknown) => fail(malformed(cause)));
    source.on('error', fail);
    parser.on('close', () => {
      work.then(resolve, fail);
    });
    source.pipe(parser);
  });
  return fields;
}
