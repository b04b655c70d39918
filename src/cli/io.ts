import type { Readable, Writable } from 'node:stream';
import type { Text } from '../faults.js';

export type Language = 'nl' | 'en';

/** A stream that may be a terminal. */
export type Output = Writable & { readonly isTTY?: boolean; readonly columns?: number };

/** What a command may touch of the process it runs in. */
export interface Io {
  readonly stdin: Readable & { readonly isTTY?: boolean };
  readonly stdout: Output;
  readonly stderr: Output;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Words in the language of this run. */
export type Say = (text: Text) => string;

export function speaker(language: Language): Say {
  return (text) => text[language];
}

/** Dutch, unless `--lang en` or REGIOGRAAF_LANG=en: help needs to know before options are parsed. */
export function chosenLanguage(args: readonly string[], env: Io['env']): Language {
  const at = args.findIndex((arg) => arg === '--lang' || arg.startsWith('--lang='));
  const given = at === -1 ? env['REGIOGRAAF_LANG'] : args[at]?.includes('=') === true ? args[at].slice('--lang='.length) : args[at + 1];
  return given === 'en' ? 'en' : 'nl';
}

/** Writes and waits when the receiver is slower than we are. */
export async function print(output: Writable, text: string): Promise<void> {
  if (text === '' || output.write(text)) return;
  await new Promise<void>((resolve) => output.once('drain', () => resolve()));
}

export async function readAll(input: Readable): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of input) chunks.push(Buffer.from(chunk as Uint8Array | string));
  return Buffer.concat(chunks).toString('utf8');
}
