import { Command, CommanderError, Option } from 'commander';
import { Fault, faultKinds, type Place } from '../faults.js';
import { askCommand } from './commands/ask.js';
import { datasetsCommand } from './commands/datasets.js';
import { diffCommand } from './commands/diff.js';
import { deriveCommand } from './commands/derive.js';
import { dumpCommand } from './commands/dump.js';
import { exportCommand } from './commands/export.js';
import { historyCommand } from './commands/history.js';
import { loadCommand } from './commands/load.js';
import { purgeCommand } from './commands/purge.js';
import { queryCommand } from './commands/query.js';
import { rebaseCommand } from './commands/rebase.js';
import { serveCommand } from './commands/serve.js';
import { showCommand } from './commands/show.js';
import { streamsCommand } from './commands/streams.js';
import { tokenCommand } from './commands/token.js';
import { undoCommand } from './commands/undo.js';
import { updateCommand } from './commands/update.js';
import { validateCommand } from './commands/validate.js';
import { verifyCommand } from './commands/verify.js';
import type { Context, Globals } from './context.js';
import { exitCodeOf, exitCodes, Unreachable, type ExitCode } from './exitCodes.js';
import { chosenLanguage, speaker, type Io, type Language, type Say } from './io.js';
import { examples } from './options.js';
import { packageVersion } from '../resources.js';
import { placeholderText, usageText } from './usageText.js';

const commands = [serveCommand, loadCommand, validateCommand, queryCommand, askCommand, updateCommand, exportCommand, dumpCommand, datasetsCommand, historyCommand, showCommand, diffCommand, undoCommand, streamsCommand, verifyCommand, deriveCommand, purgeCommand, rebaseCommand, tokenCommand];

/** Runs the command line; what it answers is the exit code of the process. */
export async function run(args: readonly string[], io: Io): Promise<ExitCode> {
  const language = chosenLanguage(args, io.env);
  const say = speaker(language);
  const context: Context = { io, language, say, exitCode: exitCodes.ok };
  const program = programOf(context);
  try {
    await program.parseAsync(args, { from: 'user' });
    return context.exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 || error.code === 'commander.help' ? exitCodes.ok : exitCodes.usage;
    io.stderr.write(program.opts<Globals>().json === true ? `${JSON.stringify(faultDocument(error, language))}\n` : faultText(error, say, language));
    return exitCodeOf(error);
  }
}

function programOf(context: Context): Command {
  const { io, say, language } = context;
  const program = new Command('regiograaf')
    .description(say({ nl: 'Regiograaf: één gecontroleerde, open kennisgraaf van de slimme regio.', en: 'Regiograaf: one validated, open knowledge graph of the smart region.' }))
    .version(packageVersion(), '-V, --version', say({ nl: 'toon de versie', en: 'show the version' }))
    .option('--data <folder>', say({ nl: 'map met de gegevens op deze machine (standaard ./var)', en: 'folder with the data on this machine (default ./var)' }))
    .option('--url <url>', say({ nl: 'adres van een draaiende dienst (of REGIOGRAAF_URL)', en: 'address of a running service (or REGIOGRAAF_URL)' }))
    .option('--token <token>', say({ nl: 'token om te schrijven (of beter: REGIOGRAAF_TOKEN)', en: 'token to write with (or better: REGIOGRAAF_TOKEN)' }))
    .option('--json', say({ nl: 'antwoord in JSON, voor programma’s', en: 'answer in JSON, for programs' }))
    .addOption(new Option('--lang <language>', say({ nl: 'taal', en: 'language' })).choices(['nl', 'en']))
    .addHelpText('after', exitCodeText(say) + examples(say, ['regiograaf serve', 'regiograaf load actoren.ttl --dataset actoren', 'regiograaf <commando> --help']));
  const placeholders = (text: string): string => placeholderText(text, language);
  for (const make of commands) program.addCommand(make(context));
  for (const command of [program, ...program.commands, ...program.commands.flatMap((one) => one.commands)]) {
    command
      .exitOverride()
      .showHelpAfterError(say({ nl: '(regiograaf --help toont wat er kan)', en: '(regiograaf --help shows what is possible)' }))
      .helpOption('-h, --help', say({ nl: 'toon deze hulp', en: 'show this help' }))
      .configureHelp({
        styleTitle: (title) => usageText(title, language),
        styleOptionDescription: (text) => usageText(text, language),
        styleUsage: placeholders,
        styleOptionTerm: placeholders,
        styleSubcommandTerm: placeholders,
        styleArgumentTerm: placeholders,
        showGlobalOptions: true,
      })
      .configureOutput({
        writeOut: (text) => io.stdout.write(text),
        writeErr: (text) => io.stderr.write(text),
        outputError: (text, write) => write(usageText(text, language)),
      });
    if (command.commands.length > 0) command.helpCommand('help [command]', say({ nl: 'toon de hulp van een commando', en: 'show the help of a command' }));
  }
  return program;
}

function exitCodeText(say: Say): string {
  return say({
    nl: '\nAfloopcodes:\n  0 gelukt  1 fout  2 verkeerd gebruik  3 de gegevens voldoen niet aan de regels\n  4 conflict of intussen gewijzigd  5 de dienst antwoordt niet\n',
    en: '\nExit codes:\n  0 done  1 fault  2 wrong usage  3 the data violate the shapes\n  4 conflict or changed in the meantime  5 the service does not answer\n',
  });
}

/** Where it is wrong, as far as the sentence itself does not say so. */
function placeText({ file, line, column, jsonPath }: Place, sentence: string, say: Say): string {
  const parts = [
    ...(file === undefined ? [] : [file]),
    ...(line === undefined ? [] : [say({ nl: `regel ${line}`, en: `line ${line}` })]),
    ...(column === undefined ? [] : [say({ nl: `kolom ${column}`, en: `column ${column}` })]),
    // The document itself is no place to look at.
    ...(jsonPath === undefined || jsonPath === '$' ? [] : [jsonPath]),
  ].filter((part) => !sentence.toLowerCase().includes(part.toLowerCase()));
  return parts.length === 0 ? '' : `${parts.join(', ')}: `;
}

function faultText(error: unknown, say: Say, language: Language): string {
  if (error instanceof Fault) {
    const { detail, place } = error.data;
    return `${place ? placeText(place, detail[language], say) : ''}${detail[language]}\n`;
  }
  if (error instanceof Unreachable) {
    return say({ nl: `Op ${error.url} antwoordt geen dienst. Kijk het adres na, of start de dienst met "regiograaf serve".\n`, en: `No service answers at ${error.url}. Check the address, or start the service with "regiograaf serve".\n` });
  }
  return say({ nl: 'Er liep iets mis: ', en: 'Something went wrong: ' }) + `${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`;
}

function faultDocument(error: unknown, language: Language): object {
  if (error instanceof Fault) {
    const { code, detail, place, extra } = error.data;
    return { ...extra, code, title: faultKinds[code].title[language], detail: detail[language], ...(place ? { plaats: place } : {}) };
  }
  if (error instanceof Unreachable) return { code: 'unreachable', url: error.url };
  return { code: 'internal', detail: error instanceof Error ? error.message : String(error) };
}
