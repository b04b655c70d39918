import { Command } from 'commander';
import { type Context, withClient } from '../context.js';
import { print } from '../io.js';
import { examples, parseVersion, textGiven } from '../options.js';
import { outcomeCode, outcomeText } from '../shown.js';

interface Options {
  readonly file?: string;
  readonly dryRun?: boolean;
  readonly message?: string;
  readonly ifVersion?: number;
}

/** `regiograaf update`: one request, one version. */
export function updateCommand(context: Context): Command {
  const { say, io } = context;
  return new Command('update')
    .summary(say({ nl: 'wijzigen met SPARQL Update', en: 'change with SPARQL Update' }))
    .description(say({ nl: 'Voert een SPARQL Update uit: alles of niets, gecontroleerd, als één versie.', en: 'Carries out a SPARQL Update: all or nothing, validated, as one version.' }))
    .argument('[sparql]', say({ nl: 'de wijziging', en: 'the update' }))
    .option('--file <file>', say({ nl: 'lees de wijziging uit een bestand', en: 'read the update from a file' }))
    .option('--dry-run', say({ nl: 'toon wat er zou veranderen, zonder te publiceren', en: 'show what would change, publish nothing' }))
    .option('--message <text>', say({ nl: 'omschrijving van de wijziging', en: 'description of the change' }))
    .option('--if-version <number>', say({ nl: 'alleen als dit nog de nieuwste versie is', en: 'only when this is still the newest version' }), parseVersion(say))
    .addHelpText('after', examples(say, ["regiograaf update 'INSERT DATA { <https://example.org/a> <https://example.org/p> 1 }'", 'regiograaf update --file wijziging.ru --dry-run', 'regiograaf update --file wijziging.ru --url https://regiograaf.example/ --token rg_… --message "NIS-codes verbeterd"']))
    .action(async (text: string | undefined, { file, dryRun, message, ifVersion }: Options, command: Command) => {
      const update = await textGiven(text, file, command, context);
      await withClient(command, context, { mustExist: true }, async (client, { json }) => {
        const document = await client.update(update, {
          ...(dryRun === undefined ? {} : { dryRun }),
          ...(message === undefined ? {} : { message }),
          ...(ifVersion === undefined ? {} : { ifVersion }),
        });
        await print(io.stdout, json === true ? `${JSON.stringify(document)}\n` : outcomeText(document, say));
        return outcomeCode(document);
      });
    });
}
