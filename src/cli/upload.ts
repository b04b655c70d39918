import { createReadStream } from 'node:fs';
import { basename, extname } from 'node:path';
import { Fault } from '../faults.js';
import { unusableName } from '../rdf/fileNames.js';
import { formatByExtension, formatByMediaType, rdfFormats, type RdfFormat } from '../rdf/mediaTypes.js';
import type { Upload } from './client.js';
import { sizeOf } from './files.js';

/** The format with this short name, extension or media type. Fault bad-request that lists what there is. */
export function formatNamed(name: string): RdfFormat {
  const format = rdfFormats.find(({ id }) => id === name) ?? formatByExtension(name) ?? formatByMediaType(name);
  if (format) return format;
  const possible = rdfFormats.map(({ extensions: [extension] }) => extension).join(', ');
  throw new Fault('bad-request', { nl: `Het formaat ${name} kennen wij niet. Kies uit ${possible}.`, en: `The format ${name} is not known. Choose from ${possible}.` });
}

/** A file to send. Fault bad-request when it cannot be read, unsupported-media-type when its name says no format. */
export async function uploadOf(path: string, formatName?: string): Promise<Upload> {
  const bytes = await sizeOf(path);
  const format = formatName === undefined ? formatByExtension(extname(path)) : formatNamed(formatName);
  if (!format) {
    throw new Fault('unsupported-media-type', unusableName(path) ?? {
      nl: `Uit de naam ${basename(path)} blijkt niet welk formaat het is. Zeg het met --format, bijvoorbeeld --format ttl.`,
      en: `The name ${basename(path)} does not tell its format. Say it with --format, for instance --format ttl.`,
    });
  }
  return {
    name: basename(path),
    format,
    bytes,
    async *opened(onBytes) {
      let done = 0;
      for await (const chunk of createReadStream(path)) {
        const bytes = chunk as Uint8Array;
        yield bytes;
        onBytes?.((done += bytes.length));
      }
    },
  };
}
