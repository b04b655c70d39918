import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Command } from 'commander';
import { type Context, withClient } from '../context.js';
import { cannotWrite, checkFolder } from '../files.js';
import { print } from '../io.js';
import { demanded, examples } from '../options.js';
import { formatNamed } from '../upload.js';

interface Options {
  readonly dataset?: string;
  readonly format: string;
  readonly output?: string;
}

/** `regiograaf export`: all quads of a dataset, in a stream. */
export function exportCommand(context: Context): Command {
  const { say, io } = context;
  return new Command('export')
    .summary(say({ nl: 'een dataset uitschrijven', en: 'write a dataset out' }))
    .description(say({ nl: 'Schrijft alle gegevens van een dataset naar de standaarduitvoer of een bestand.', en: 'Writes all data of a dataset to standard output or a file.' }))
    .option('--dataset <name>', say({ nl: 'naam of IRI van de dataset', en: 'name or IRI of the dataset' }))
    .option('--format <format>', 'ttl, trig, nt, nq, jsonld, rdf', 'ttl')
    .option('--output <file>', say({ nl: 'schrijf naar dit bestand', en: 'write to this file' }))
    .addHelpText('after', examples(say, ['regiograaf export --dataset actoren > actoren.ttl', 'regiograaf export --dataset actoren --format nq --output actoren.nq']))
    .action(async ({ dataset: named, format, output }: Options, command: Command) => {
      const dataset = demanded(named, '--dataset <name>', command, say);
      if (output !== undefined) await checkFolder(output);
      const form = formatNamed(format);
      await withClient(command, context, { mustExist: true }, async (client) => {
        const text = client.export(dataset, form);
        if (output === undefined) for await (const part of text) await print(io.stdout, part);
        else await writeTo(output, text);
        return undefined;
      });
    });
}

/** What the graph says is wrong goes by as it is; the rest is about the file. */
async function writeTo(path: string, text: AsyncIterable<string>): Promise<void> {
  const file = createWriteStream(path);
  let failed: unknown;
  file.once('error', (error) => (failed = error));
  await pipeline(Readable.from(text), file).catch((error: unknown) => {
    throw error === failed ? cannotWrite(path, error) : error;
  });
}
