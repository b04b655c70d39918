import { Command } from 'commander';
import { type Context, withClient } from '../context.js';
import { print } from '../io.js';
import { examples, parseVersion } from '../options.js';
import { outcomeCode, outcomeText } from '../shown.js';

interface Options {
  readonly dryRun?: boolean;
  readonly force?: boolean;
  readonly message?: string;
}

/** `regiograaf undo COMMIT`: takes back what a version stated, as a version of its own. */
export function undoCommand(context: Context): Command {
  const { say, io } = context;
  return new Command('undo')
    .summary(say({ nl: 'een versie ongedaan maken', en: 'undo a version' }))
    .argument('<commit>', say({ nl: 'nummer van de versie', en: 'number of the version' }), parseVersion(say))
    .option('--dry-run', say({ nl: 'toon wat er zou veranderen, zonder te publiceren', en: 'show what would change, publish nothing' }))
    .option('--force', say({ nl: 'laat staan wat sindsdien opnieuw gewijzigd is', en: 'leave what was changed again since' }))
    .option('--message <text>', say({ nl: 'omschrijving van de wijziging', en: 'description of the change' }))
    .addHelpText('after', examples(say, ['regiograaf undo 12 --dry-run', 'regiograaf undo 12 --message "Verkeerd bestand"']))
    .action(async (number: number, options: Options, command: Command) => {
      await withClient(command, context, { mustExist: true }, async (client, { json }) => {
        const document = await client.undo(number, options);
        await print(io.stdout, json === true ? `${JSON.stringify(document)}\n` : outcomeText(document, say));
        return outcomeCode(document);
      });
    });
}
