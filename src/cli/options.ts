import { readFile } from 'node:fs/promises';
import { type Command, InvalidArgumentError } from 'commander';
import type { Context, Globals } from './context.js';
import { cannotRead } from './files.js';
import { readAll, type Say } from './io.js';

/** The examples below a help text. */
export function examples(say: Say, lines: readonly string[]): string {
  return `\n${say({ nl: 'Voorbeelden:', en: 'Examples:' })}\n${lines.map((line) => `  ${line}\n`).join('')}`;
}

/** Reads a positive whole number. */
export function parseVersion(say: Say): (text: string) => number {
  return (text) => {
    if (/^[1-9]\d{0,14}$/u.test(text)) return Number(text);
    throw new InvalidArgumentError(say({ nl: 'Dit moet een geheel getal vanaf 1 zijn.', en: 'It must be a whole number from 1.' }));
  };
}

/** The value of an option that a command cannot do without. Asked here, so that a misspelt option is named first. */
export function demanded(value: string | undefined, option: string, command: Command, say: Say): string {
  return value ?? command.error(say({ nl: `De optie ${option} is verplicht.`, en: `The option ${option} is required.` }));
}

/** The SPARQL text of a command: its argument, a file, or standard input. */
export async function textGiven(text: string | undefined, file: string | undefined, command: Command, { io, say }: Context): Promise<string> {
  if (text !== undefined && file !== undefined) {
    command.error(say({ nl: 'Geef de tekst zelf of --file, niet allebei.', en: 'Give the text itself or --file, not both.' }));
  }
  if (text !== undefined) return text;
  if (file !== undefined) {
    return readFile(file, 'utf8').catch((error: unknown) => {
      throw cannotRead(file, error);
    });
  }
  if (io.stdin.isTTY === true) {
    command.error(say({ nl: 'Geef een SPARQL-tekst, of --file met een bestand.', en: 'Give a SPARQL text, or --file with a file.' }));
  }
  return readAll(io.stdin);
}

/** For commands that work on a folder only. An address in the environment does not matter to them. */
export function localOnly(globals: Globals, command: Command, say: Say): Globals {
  if (command.optsWithGlobals<Globals>().url !== undefined) {
    command.error(say({ nl: 'Dit commando werkt alleen op een map (--data), niet op een dienst (--url).', en: 'This command works on a folder (--data) only, not on a service (--url).' }));
  }
  return globals;
}
