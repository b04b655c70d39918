import type { Text } from '../faults.js';
import { rdfFormats } from './mediaTypes.js';

const sheets: ReadonlySet<string> = new Set(['csv', 'tsv', 'xls', 'xlsx', 'xlsm', 'ods', 'numbers']);
const packed: ReadonlySet<string> = new Set(['zip', 'gz', 'tgz', 'bz2', 'xz', '7z', 'rar', 'tar']);

/** Turtle (.ttl), JSON-LD (.jsonld) … */
export const usableFormats = rdfFormats.map(({ label, extensions: [extension] }) => `${label} (.${extension})`).join(', ');

/** Why a file of this name cannot be read, for who chose it; undefined when the name gives no reason of its own. */
export function unusableName(fileName: string): Text | undefined {
  const extension = /\.([^./\\]+)$/.exec(fileName)?.[1]?.toLowerCase() ?? '';
  if (packed.has(extension)) return packedFile;
  if (sheets.has(extension)) return tableFile;
  return undefined;
}

export const packedFile: Text = { nl: 'Dit is een gecomprimeerd bestand. Pak het eerst uit.', en: 'This is a compressed file. Unpack it first.' };

export const tableFile: Text = {
  nl: `Dit is een tabel uit een rekenblad, geen RDF. Laden kan met ${usableFormats}.`,
  en: `This is a table from a spreadsheet, not RDF. What can be loaded is ${usableFormats}.`,
};
