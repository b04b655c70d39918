import { Command, Option } from 'commander';
import { shapesProfiles, type ShapesProfile } from '../../graph/api.js';
import { type Context, withClient } from '../context.js';
import { exitCodes } from '../exitCodes.js';
import { print } from '../io.js';
import { examples } from '../options.js';
import { reportText } from '../shown.js';
import { uploadOf } from '../upload.js';

interface Options {
  readonly dataset?: string;
  readonly shapes?: string;
  readonly profile?: ShapesProfile;
  readonly format?: string;
}

/** `regiograaf validate FILE…`: the report, and nothing is written. */
export function validateCommand(context: Context): Command {
  const { say, io } = context;
  return new Command('validate')
    .summary(say({ nl: 'bestanden controleren zonder iets te wijzigen', en: 'validate files without changing anything' }))
    .description(say({ nl: 'Controleert bestanden aan de regels (SHACL) en toont het controleverslag. Eindigt met code 3 als er fouten zijn.', en: 'Validates files against the shapes (SHACL) and shows the report. Ends with code 3 when there are errors.' }))
    .argument('<file...>', say({ nl: 'RDF-bestanden', en: 'RDF files' }))
    .option('--dataset <name>', say({ nl: 'controleer alsof het in deze dataset geladen werd', en: 'validate as if loaded into this dataset' }))
    .option('--shapes <file>', say({ nl: 'gebruik alleen de regels in dit bestand', en: 'use only the shapes in this file' }))
    .addOption(new Option('--profile <name>', say({ nl: 'toets aan een gepubliceerd profiel in plaats van aan onze regels; het houdt niets tegen', en: 'hold against a published profile instead of our shapes; it blocks nothing' })).choices(shapesProfiles).conflicts(['dataset', 'shapes']))
    .option('--format <format>', say({ nl: 'formaat, als de bestandsnaam het niet zegt', en: 'format, when the file name does not say' }))
    .addHelpText('after', examples(say, ['regiograaf validate actoren.ttl', 'regiograaf validate actoren.ttl --dataset actoren', 'regiograaf validate actoren.ttl --profile oslo', 'regiograaf validate actoren.ttl --shapes eigen-regels.ttl --json']))
    .action(async (files: readonly string[], { dataset, shapes, profile, format }: Options, command: Command) => {
      await withClient(command, context, { mustExist: dataset !== undefined, passing: dataset === undefined }, async (client, { json }) => {
        const rules = shapes === undefined ? undefined : await uploadOf(shapes);
        let errors = 0;
        for (const path of files) {
          const report = await client.validate(await uploadOf(path, format), { ...(dataset === undefined ? {} : { dataset }), ...(rules ? { shapes: rules } : {}), ...(profile ? { profile } : {}) });
          // A profile shows how far data are from a standard; whether they may be loaded is for our own shapes to say.
          if (profile === undefined) errors += report.aantallen.Violation;
          await print(io.stdout, json === true ? `${JSON.stringify({ bestand: path, ...report })}\n` : `${path}\n${reportText(report, say)}`);
        }
        return errors > 0 ? exitCodes.shapes : exitCodes.ok;
      });
    });
}
