import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { accessFile, TokenStore } from '../../access/tokenStore.js';
import { readConfig } from '../../config.js';
import { Fault } from '../../faults.js';
import { journalFile } from '../../graph/journal/openJournal.js';
import { rebase } from '../../graph/rebase.js';
import { type Context, globalsOf } from '../context.js';
import { folderConfig } from '../dataFolder.js';
import { print } from '../io.js';
import { examples, localOnly } from '../options.js';
import { Progress } from '../progress.js';

/** `regiograaf rebase IRI`: moves a data folder to another BASE_IRI. */
export function rebaseCommand(context: Context): Command {
  const { say, io } = context;
  return new Command('rebase')
    .summary(say({ nl: 'een map naar een ander adres (BASE_IRI) verhuizen', en: 'move a folder to another address (BASE_IRI)' }))
    .description(say({ nl: 'Schrijft het hele logboek opnieuw met de nieuwe adressen; tijden en omschrijvingen blijven, het oude logboek blijft ernaast staan. De dienst mag niet draaien.', en: 'Writes the whole log again with the new addresses; times and messages stay, the old log is kept beside it. The service must not run.' }))
    .argument('<iri>', say({ nl: 'het nieuwe adres, bijvoorbeeld https://data.voorbeeld.be/', en: 'the new address, for instance https://data.example.be/' }))
    .addHelpText('after', examples(say, ['regiograaf rebase https://data.voorbeeld.be/', 'regiograaf rebase https://data.voorbeeld.be/ --data /var/lib/regiograaf']))
    .action(async (iri: string, _options: object, command: Command) => {
      const { data, json } = localOnly(globalsOf(command, context), command, say);
      const { dataDir } = folderConfig({ folder: data, io });
      const { baseIri: to } = readConfig({ BASE_IRI: iri });
      if (to === undefined || !existsSync(join(dataDir, journalFile))) {
        throw new Fault('not-found', {
          nl: `In ${dataDir} staan nog geen gegevens om te verhuizen.`,
          en: `There are no data to move in ${dataDir} yet.`,
        });
      }
      using progress = new Progress(io.stderr, say({ nl: 'Verhuizen', en: 'Moving' }), 0);
      const { from, commits, kept } = rebase({ dataDir, to, progress: (commit) => progress.update(commit) });
      // Tokens name the datasets they may write: those moved too.
      if (existsSync(join(dataDir, accessFile))) moveTokens(join(dataDir, accessFile), from, to);
      await print(
        io.stdout,
        json === true
          ? `${JSON.stringify({ van: from, naar: to, versies: commits, bewaard: kept })}\n`
          : say({ nl: `Verhuisd van ${from} naar ${to}: ${commits} versies. Het oude logboek staat in ${kept}.\n`, en: `Moved from ${from} to ${to}: ${commits} versions. The old log is in ${kept}.\n` }),
      );
    });
}

function moveTokens(path: string, from: string, to: string): void {
  const tokens = TokenStore.open(path);
  try {
    tokens.rebase(from, to);
  } finally {
    tokens.close();
  }
}
