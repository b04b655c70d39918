import { Command } from 'commander';
import { slipsOf } from '../../datasets/meantDataset.js';
import { Fault } from '../../faults.js';
import type { Client } from '../client.js';
import { type Context, withClient } from '../context.js';
import type { OutcomeDocument } from '../documents.js';
import { exitCodes } from '../exitCodes.js';
import { print } from '../io.js';
import { demanded, examples, parseVersion } from '../options.js';
import { Progress } from '../progress.js';
import { outcomeCode, outcomeText } from '../shown.js';
import { uploadOf } from '../upload.js';

interface Options {
  readonly dataset?: string;
  readonly create?: boolean;
  readonly replace?: boolean;
  readonly dryRun?: boolean;
  readonly message?: string;
  readonly ifVersion?: number;
  readonly format?: string;
}

/** `regiograaf load FILE…`: each file is one version of the dataset. */
export function loadCommand(context: Context): Command {
  const { say } = context;
  return new Command('load')
    .summary(say({ nl: 'bestanden laden in een dataset', en: 'load files into a dataset' }))
    .description(say({ nl: 'Controleert elk bestand en publiceert het als een versie van de dataset, of weigert het met een controleverslag.', en: 'Validates each file and publishes it as a version of the dataset, or refuses it with a validation report.' }))
    .argument('<file...>', say({ nl: 'RDF-bestanden: ttl, trig, nt, nq, jsonld, rdf', en: 'RDF files: ttl, trig, nt, nq, jsonld, rdf' }))
    .option('--dataset <name>', say({ nl: 'naam of IRI van de dataset', en: 'name or IRI of the dataset' }))
    .option('--create', say({ nl: 'maak een nieuwe dataset, ook als de naam op een bestaande lijkt', en: 'make a new dataset, also when its name is like that of another' }))
    .option('--replace', say({ nl: 'vervang de inhoud in plaats van toe te voegen (met één bestand)', en: 'replace the content instead of adding to it (with one file)' }))
    .option('--dry-run', say({ nl: 'toon wat er zou veranderen, zonder te publiceren', en: 'show what would change, publish nothing' }))
    .option('--message <text>', say({ nl: 'omschrijving van de wijziging', en: 'description of the change' }))
    .option('--if-version <number>', say({ nl: 'alleen als dit nog de nieuwste versie is', en: 'only when this is still the newest version' }), parseVersion(say))
    .option('--format <format>', say({ nl: 'formaat, als de bestandsnaam het niet zegt', en: 'format, when the file name does not say' }))
    .addHelpText('after', examples(say, ['regiograaf load actoren.ttl --dataset actoren', 'regiograaf load actoren.ttl --dataset actoren --replace --dry-run', 'regiograaf load *.ttl --dataset actoren --url https://regiograaf.example/ --token rg_…']))
    .action(async (files: readonly string[], given: Options, command: Command) => {
      const options = { ...given, dataset: demanded(given.dataset, '--dataset <name>', command, say) };
      if (options.replace === true && files.length > 1) {
        command.error(say({ nl: 'Met --replace kan maar één bestand: het tweede zou het eerste vervangen.', en: '--replace takes one file: the second would replace the first.' }));
      }
      await withClient(command, context, { mustExist: false }, async (client, { json }) => {
        if (options.create !== true) await refuseSlip(client, options.dataset);
        for (const file of files) {
          const document = await loadOne(client, file, options, context);
          await print(context.io.stdout, json === true ? `${JSON.stringify({ bestand: file, ...document })}\n` : `${file}: ${outcomeText(document, say)}`);
          const code = outcomeCode(document);
          if (code !== exitCodes.ok) return code;
        }
        return exitCodes.ok;
      });
    });
}

/** A new dataset comes to be by loading into it. Not by a typing error. */
async function refuseSlip(client: Client, dataset: string): Promise<void> {
  // Who may not read the list is told so by the load itself.
  const meant = slipsOf(dataset, await client.datasetNames().catch(() => []));
  if (meant.length === 0) return;
  throw new Fault('unknown-dataset', {
    nl: `Er is nog geen dataset ${dataset}. Bedoelde u ${meant.join(', of ')}? Er is niets geladen. Met --create maakt u een nieuwe dataset met deze naam.`,
    en: `There is no dataset ${dataset} yet. Did you mean ${meant.join(', or ')}? Nothing was loaded. With --create you make a new dataset of this name.`,
  });
}

async function loadOne(client: Client, path: string, options: Options & { readonly dataset: string }, { io, say }: Context): Promise<OutcomeDocument> {
  const { dataset, replace = false, dryRun, message, ifVersion, format } = options;
  const file = await uploadOf(path, format);
  using progress = new Progress(io.stderr, say({ nl: `${file.name} laden`, en: `loading ${file.name}` }), file.bytes);
  return client.load(file, dataset, {
    replace,
    ...(dryRun === undefined ? {} : { dryRun }),
    ...(message === undefined ? {} : { message }),
    ...(ifVersion === undefined ? {} : { ifVersion }),
    onBytes: (done) => progress.update(done, done >= file.bytes ? say({ nl: 'controleren', en: 'validating' }) : ''),
  });
}
