import { Command } from 'commander';
import { type Context, withClient } from '../context.js';
import { print } from '../io.js';
import { examples } from '../options.js';
import { table } from '../shown.js';

/** `regiograaf datasets`: what there is. */
export function datasetsCommand(context: Context): Command {
  const { say, io } = context;
  return new Command('datasets')
    .summary(say({ nl: 'de datasets tonen', en: 'list the datasets' }))
    .addHelpText('after', examples(say, ['regiograaf datasets', 'regiograaf datasets --json', 'regiograaf datasets --url https://regiograaf.example/']))
    .action(async (_options: object, command: Command) => {
      await withClient(command, context, { mustExist: true }, async (client, { json }) => {
        const datasets = await client.datasets();
        const heading = say({ nl: 'NAAM TITEL BRONSTATUS CONTROLE ZICHTBAARHEID QUADS', en: 'NAME TITLE STATUS MODE VISIBILITY QUADS' }).split(' ');
        const rows = datasets.map(({ naam, titel, bronstatus, controle, zichtbaarheid, quads }) => [naam, titel, bronstatus, controle, zichtbaarheid, quads === undefined ? '' : String(quads)]);
        await print(io.stdout, json === true ? `${JSON.stringify(datasets)}\n` : table([heading, ...rows]));
        return undefined;
      });
    });
}
