import { Command } from 'commander';
import { allRights } from '../../graph/principal.js';
import { type Context, globalsOf } from '../context.js';
import { openLocal } from '../dataFolder.js';
import { print } from '../io.js';
import { demanded, examples, localOnly } from '../options.js';

interface Options {
  readonly reason?: string;
  readonly yes?: boolean;
}

/** `regiograaf purge TEXT`: erases a text for good (AVG art. 17). */
export function purgeCommand(context: Context): Command {
  const { say, io } = context;
  return new Command('purge')
    .summary(say({ nl: 'een tekst voorgoed wissen (AVG)', en: 'erase a text for good (GDPR)' }))
    .description(say({ nl: 'Wist elke quad waarin de tekst voorkomt, uit alle versies en uit alle bestanden van de map. Dit kan niet ongedaan worden gemaakt.', en: 'Erases every quad that holds the text, from all versions and all files of the folder. This cannot be undone.' }))
    .argument('<text>', say({ nl: 'de tekst, bijvoorbeeld een naam of e-mailadres', en: 'the text, for instance a name or e-mail address' }))
    .option('--reason <text>', say({ nl: 'waarom; dit blijft in het logboek staan, noem de tekst zelf dus niet', en: 'why; this stays in the log, so do not repeat the text itself' }))
    .option('--yes', say({ nl: 'bevestig dat u het zeker weet', en: 'confirm that you are sure' }))
    .addHelpText('after', examples(say, ['regiograaf purge "jan.voorbeeld@example.org" --reason "Verzoek 2026-014" --yes']))
    .action(async (text: string, { reason: why, yes }: Options, command: Command) => {
      const reason = demanded(why, '--reason <text>', command, say);
      const { data, json } = localOnly(globalsOf(command, context), command, say);
      if (yes !== true) {
        command.error(say({ nl: 'Wissen kan niet ongedaan worden gemaakt. Voeg --yes toe als u het zeker weet.', en: 'Erasing cannot be undone. Add --yes when you are sure.' }));
      }
      const service = await openLocal({ folder: data, io, mustExist: true, alone: true });
      try {
        const { commit, parts, quads } = await service.graph.purge({ text, note: { message: reason } }, allRights);
        await print(
          io.stdout,
          json === true
            ? `${JSON.stringify({ versie: commit.number, delen: parts, quads })}\n`
            : say({ nl: `Gewist: ${quads} quads in ${parts} delen van het logboek. Vastgelegd als versie ${commit.number}.\n`, en: `Erased: ${quads} quads in ${parts} parts of the log. Recorded as version ${commit.number}.\n` }),
        );
      } finally {
        await service.close();
      }
    });
}
