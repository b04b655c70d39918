import { Command } from 'commander';
import { type Context, withClient } from '../context.js';
import { print } from '../io.js';
import { meantThing } from '../meantThing.js';
import { examples } from '../options.js';

interface Options {
  readonly entity?: string;
  readonly dataset?: string;
}

/** `regiograaf diff FROM [TO]`: what differs between two versions, as RDF Patch. */
export function diffCommand(context: Context): Command {
  const { say, io } = context;
  return new Command('diff')
    .summary(say({ nl: 'tonen wat er verschilt tussen twee versies', en: 'show what differs between two versions' }))
    .description(say({ nl: 'Toont als RDF Patch wat er echt verschilt tussen twee momenten: een versienummer, een dag of een tijd. Zonder <to> is het de nieuwste versie.', en: 'Shows as RDF Patch what really differs between two moments: the number of a version, a day or a time. Without <to> it is the newest version.' }))
    .argument('<from>', say({ nl: 'van welk moment', en: 'from which moment' }))
    .argument('[to]', say({ nl: 'tot welk moment', en: 'to which moment' }))
    .option('--entity <iri>', say({ nl: 'alleen van dit ding', en: 'only of this thing' }))
    .option('--dataset <dataset>', say({ nl: 'alleen van deze dataset (naam of IRI)', en: 'only of this dataset (name or IRI)' }))
    .addHelpText('after', examples(say, ['regiograaf diff 3 12', 'regiograaf diff 2026-01-01 --dataset actoren > verschil.rdfp']))
    .action(async (from: string, to: string | undefined, { entity, dataset }: Options, command: Command) => {
      await withClient(command, context, { mustExist: true }, async (client) => {
        const only = { ...(entity === undefined ? {} : { entity: await meantThing(client, entity) }), ...(dataset === undefined ? {} : { dataset }) };
        for await (const text of client.diff(from, to, only)) await print(io.stdout, text);
        return undefined;
      });
    });
}
