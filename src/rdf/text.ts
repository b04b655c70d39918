import { Fault, type Place, type Text } from '../faults.js';
import { packedFile } from './fileNames.js';

const pieceSize = 65_536;

/** Length of the last character of `bytes` when its end is still to come, otherwise 0. */
function unfinished(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) return back < (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) ? back : 0;
  }
  return 0;
}

function countLines(text: string): number {
  let lines = 0;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) lines += 1;
  return lines;
}

function invalidUtf8(bytes: Uint8Array, line: number, column: number, file: string | undefined): Fault {
  // Byte by byte, because the decoder does not say where it stopped.
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  let text = '';
  try {
    for (let at = 0; at < bytes.length; at += 1) text += decoder.decode(bytes.subarray(at, at + 1), { stream: true });
  } catch {
    // Stopped at the first byte that cannot be: `text` is what came before.
  }
  const newLine = text.lastIndexOf('\n');
  const place: Place = {
    line: line + countLines(text),
    column: newLine === -1 ? column + text.length : text.length - newLine,
    ...(file === undefined ? {} : { file }),
  };
  return new Fault(
    'rdf-syntax',
    {
      nl: `Regel ${place.line}, kolom ${place.column}: hier staat een teken dat geen geldige UTF-8 is. Bewaar het bestand als UTF-8.`,
      en: `Line ${place.line}, column ${place.column}: a byte sequence that is not valid UTF-8. Save the file as UTF-8.`,
    },
    { place: { ...place, expected: 'UTF-8' } },
  );
}

const utf16: Text = { nl: 'Dit bestand is als UTF-16 (“Unicode”) bewaard. Bewaar het als UTF-8.', en: 'This file was saved as UTF-16 (“Unicode”). Save it as UTF-8.' };

/** First bytes of files that people take for text -> what to say of them. */
const signatures: readonly (readonly [bytes: string, Text])[] = [
  ['504b0304', packedFile],
  ['1f8b', packedFile],
  ['fffe', utf16],
  ['feff', utf16],
];

function checkSignature(start: Uint8Array, file: string | undefined): void {
  const bytes = Buffer.from(start.subarray(0, 4)).toString('hex');
  const known = signatures.find(([signature]) => bytes.startsWith(signature));
  if (known) throw new Fault('rdf-syntax', known[1], { place: { expected: 'UTF-8', ...(file === undefined ? {} : { file }) } });
}

/**
 * Decodes UTF-8 strictly, in pieces of at most 64 KiB, a byte order mark left out. Fault `rdf-syntax` with the
 * place of the first byte that is not UTF-8.
 */
export async function* decodeUtf8(input: AsyncIterable<Uint8Array> | Iterable<Uint8Array>, file?: string): AsyncIterable<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  let rest: Uint8Array = new Uint8Array(0);
  let line = 1;
  let column = 1;
  let first = true;
  const decode = (bytes: Uint8Array): string => {
    let text: string;
    try {
      text = decoder.decode(bytes);
    } catch {
      throw invalidUtf8(bytes, line, column, file);
    }
    const lines = countLines(text);
    line += lines;
    column = lines === 0 ? column + text.length : text.length - text.lastIndexOf('\n');
    if (!first || text === '') return text;
    first = false;
    return text.startsWith('\uFEFF') ? text.slice(1) : text;
  };
  for await (const chunk of input) {
    for (let from = 0; from < chunk.length; from += pieceSize) {
      if (first && rest.length === 0) checkSignature(chunk, file);
      const piece = chunk.subarray(from, from + pieceSize);
      const bytes = rest.length === 0 ? piece : Buffer.concat([rest, piece]);
      const keep = unfinished(bytes);
      rest = bytes.slice(bytes.length - keep);
      const text = decode(bytes.subarray(0, bytes.length - keep));
      if (text !== '') yield text;
    }
  }
  if (rest.length > 0) throw invalidUtf8(rest, line, column, file);
}
