import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Command } from 'commander';
import { Fault } from '../../faults.js';
import { journalFile, openJournalReader } from '../../graph/journal/openJournal.js';
import { DumpMaker } from '../../publication/dump/dumpMaker.js';
import { dumpName } from '../../publication/dump/manifest.js';
import { type Context, globalsOf } from '../context.js';
import { folderBase, folderConfig } from '../dataFolder.js';
import { print } from '../io.js';
import { demanded, examples, localOnly } from '../options.js';

/** `regiograaf dump`: the full downloads in a folder; beside a running service too. */
export function dumpCommand(context: Context): Command {
  const { say, io } = context;
  return new Command('dump')
    .summary(say({ nl: 'volledige downloads in een map maken', en: 'make full downloads in a folder' }))
    .description(
      say({
        nl: 'Schrijft alles, en elke openbare dataset met een licentie, als N-Quads, TriG en Turtle, gewoon en met gzip, met een lijst van controlegetallen. Dat kan ook terwijl de dienst draait.',
        en: 'Writes everything, and each public dataset with a licence, as N-Quads, TriG and Turtle, plain and with gzip, with a list of checksums; possible while the service runs.',
      }),
    )
    .option('--output <folder>', say({ nl: 'schrijf in deze map', en: 'write in this folder' }))
    .addHelpText('after', examples(say, ['regiograaf dump --output ./downloads', 'regiograaf dump --data /var/lib/regiograaf --output /srv/downloads']))
    .action(async ({ output: named }: { readonly output?: string }, command: Command) => {
      const output = demanded(named, '--output <folder>', command, say);
      const { data, json } = localOnly(globalsOf(command, context), command, say);
      const config = folderConfig({ folder: data, io });
      const journal = openJournalReader(join(config.dataDir, journalFile));
      try {
        const { head } = journal;
        if (!head) throw new Fault('not-found', { nl: 'In deze map is nog niets geschreven.', en: 'Nothing was written in this folder yet.' });
        const root = resolve(output);
        mkdirSync(root, { recursive: true });
        const manifest = await new DumpMaker({ root, base: folderBase(config), journal }).make(head);
        const folder = join(root, dumpName(head.number));
        const { length } = manifest.files;
        if (json === true) await print(io.stdout, `${JSON.stringify({ folder, ...manifest })}\n`);
        else await print(io.stdout, say({ nl: `${length} bestanden van versie ${head.number} in ${folder}\n`, en: `${length} files of version ${head.number} in ${folder}\n` }));
      } finally {
        journal.close();
      }
    });
}
