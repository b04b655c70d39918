import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Fault, type Text } from '../faults.js';

const unreadable: Readonly<Record<string, Text>> = {
  ENOENT: { nl: 'het bestaat niet', en: 'it does not exist' },
  EISDIR: { nl: 'het is een map. Noem de bestanden zelf', en: 'it is a folder. Name the files themselves' },
  EACCES: { nl: 'u mag het niet lezen', en: 'you may not read it' },
};

const unwritable: Readonly<Record<string, Text>> = {
  ENOENT: { nl: 'de map bestaat niet', en: 'the folder does not exist' },
  EISDIR: { nl: 'het is een map. Noem een bestand', en: 'it is a folder. Name a file' },
  EACCES: { nl: 'u mag daar niet schrijven', en: 'you may not write there' },
  EROFS: { nl: 'daar kan niet geschreven worden', en: 'nothing can be written there' },
  ENOSPC: { nl: 'de schijf is vol', en: 'the disk is full' },
};

function reason(error: unknown, reasons: Readonly<Record<string, Text>>): Text {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const { nl, en } = reasons[code] ?? { nl: code, en: code };
  return nl === '' ? { nl: '.', en: '.' } : { nl: `: ${nl}.`, en: `: ${en}.` };
}

/** The fault of a file that cannot be read, with the reason. */
export function cannotRead(path: string, error: unknown): Fault {
  const { nl, en } = reason(error, unreadable);
  return new Fault('bad-request', { nl: `Het bestand ${path} kan niet worden gelezen${nl}`, en: `The file ${path} cannot be read${en}` }, { cause: error });
}

/** The fault of a file that cannot be written, with the reason. */
export function cannotWrite(path: string, error: unknown): Fault {
  const { nl, en } = reason(error, unwritable);
  return new Fault('bad-request', { nl: `Het bestand ${path} kan niet worden geschreven${nl}`, en: `The file ${path} cannot be written${en}` }, { cause: error });
}

/** Bytes of a file to read. @throws Fault bad-request when there is none. */
export async function sizeOf(path: string): Promise<number> {
  const found = await stat(path).catch((error: unknown) => {
    throw cannotRead(path, error);
  });
  if (found.isDirectory()) throw cannotRead(path, Object.assign(new Error('a folder'), { code: 'EISDIR' }));
  return found.size;
}

/** Makes sure that a file can be written there, before work is done for it. */
export async function checkFolder(path: string): Promise<void> {
  await stat(dirname(path)).catch((error: unknown) => {
    throw cannotWrite(path, error);
  });
}
