import { join } from 'node:path';
import { Command } from 'commander';
import { journalFile, openJournalReader } from '../../graph/journal/openJournal.js';
import { verifyJournal } from '../../graph/journal/verify.js';
import { type Context, globalsOf } from '../context.js';
import { folderConfig } from '../dataFolder.js';
import { exitCodes } from '../exitCodes.js';
import { print } from '../io.js';
import { examples, localOnly } from '../options.js';
import { Progress } from '../progress.js';

/** `regiograaf verify`: checks every byte of the log; beside a running service too. */
export function verifyCommand(context: Context): Command {
  const { say, io } = context;
  return new Command('verify')
    .summary(say({ nl: 'het logboek van een map nakijken', en: 'verify the log of a folder' }))
    .description(say({ nl: 'Rekent de hele keten van versies na. Dat kan ook terwijl de dienst draait. Eindigt met code 1 als er iets niet klopt.', en: 'Recomputes the whole chain of versions; possible while the service runs. Ends with code 1 when something is wrong.' }))
    .addHelpText('after', examples(say, ['regiograaf verify', 'regiograaf verify --data /var/lib/regiograaf --json']))
    .action(async (_options: object, command: Command) => {
      const { data, json } = localOnly(globalsOf(command, context), command, say);
      const reader = openJournalReader(join(folderConfig({ folder: data, io }).dataDir, journalFile));
      try {
        const head = reader.head;
        using progress = new Progress(io.stderr, say({ nl: 'Logboek nakijken', en: 'Verifying the log' }), head?.number ?? 0);
        const verdict = verifyJournal(reader, { progress: (commit) => progress.update(commit) });
        context.exitCode = verdict.ok ? exitCodes.ok : exitCodes.fault;
        if (json === true) await print(io.stdout, `${JSON.stringify({ ...verdict, ...(head ? { hash: head.hash } : {}) })}\n`);
        else if (verdict.ok) {
          await print(io.stdout, say({ nl: `In orde: ${verdict.commits} versies, ${verdict.quads} wijzigingen. Hash ${head?.hash ?? ''}\n`, en: `Sound: ${verdict.commits} versions, ${verdict.quads} changes. Hash ${head?.hash ?? ''}\n` }));
        } else {
          const word = say({ nl: 'Versie', en: 'Version' });
          for (const { commit, dataset, what } of verdict.problems) await print(io.stdout, `${word} ${commit}${dataset === undefined ? '' : ` (${dataset})`}: ${say(what)}\n`);
        }
      } finally {
        reader.close();
      }
    });
}
