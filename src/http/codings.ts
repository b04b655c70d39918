import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

export type Coding = 'br' | 'gzip';

/** Bytes below which a coding saves nothing worth having. */
const threshold = 1000;

/** The content coding a client gets (RFC 9110 §12.5.3); undefined for none. */
export function chooseCoding(header: string | undefined): Coding | undefined {
  const wanted = new Map<string, number>();
  for (const member of (header ?? '').split(',')) {
    const [name = '', ...parameters] = member.split(';').map((part) => part.trim().toLowerCase());
    const q = parameters.find((parameter) => parameter.startsWith('q='));
    wanted.set(name, q === undefined ? 1 : Number(q.slice(2)));
  }
  const quality = (name: string): number => wanted.get(name) ?? wanted.get('*') ?? 0;
  const [br, zip] = [quality('br'), quality('gzip')];
  if (br > 0 && br >= zip) return 'br';
  return zip > 0 ? 'gzip' : undefined;
}

const compressors: Readonly<Record<Coding, (bytes: Uint8Array) => Promise<Buffer>>> = {
  gzip: promisify(gzip),
  br: (bytes) => promisify(brotliCompress)(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 4, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }),
};

/** Bytes that are compressed once for each coding somebody asks for, beside the main thread. */
export class CodedBytes {
  readonly bytes: Uint8Array;
  readonly #coded = new Map<Coding, Promise<Buffer>>();

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  /** The bytes in the coding that suits a client. */
  async in(coding: Coding | undefined): Promise<{ readonly bytes: Uint8Array; readonly coding?: Coding }> {
    if (coding === undefined || this.bytes.length < threshold) return { bytes: this.bytes };
    let coded = this.#coded.get(coding);
    if (!coded) this.#coded.set(coding, (coded = compressors[coding](this.bytes)));
    return { bytes: await coded, coding };
  }
}
