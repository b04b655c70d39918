import { Command } from 'commander';
import { allRights } from '../../graph/principal.js';
import type { WriteRequest } from '../../graph/api.js';
import { type Context, globalsOf } from '../context.js';
import { openLocal } from '../dataFolder.js';
import { exitCodes } from '../exitCodes.js';
import { print } from '../io.js';
import { examples, localOnly } from '../options.js';

const shown = 20;

/** `regiograaf derive`: runs every rule in full; with `--check` it only says whether that would change anything. */
export function deriveCommand(context: Context): Command {
  const { say, io } = context;
  return new Command('derive')
    .summary(say({ nl: 'de afleidingen van een map nakijken of opnieuw maken', en: 'check or make anew the inferences of a folder' }))
    .description(say({ nl: 'Laat alle regels lopen over de hele graaf. De dienst mag niet draaien. Met --check wijzigt er niets en is de afloopcode 1 als er verschil is.', en: 'Runs every rule over the whole graph. The service must not run. With --check nothing changes, and the exit code is 1 when there is a difference.' }))
    .option('--check', say({ nl: 'alleen nakijken', en: 'only check' }))
    .addHelpText('after', examples(say, ['regiograaf derive --check', 'regiograaf derive --data /var/lib/regiograaf']))
    .action(async ({ check }: { readonly check?: boolean }, command: Command) => {
      const { data, json } = localOnly(globalsOf(command, context), command, say);
      const service = await openLocal({ folder: data, io, mustExist: true, alone: true });
      try {
        const request: WriteRequest = { action: { kind: 'derive' }, source: 'derive', note: { message: 'Afgeleid op vraag van de beheerder' } };
        const outcome = await service.graph.write(check === true ? { ...request, dryRun: true, showChanges: shown } : request, allRights);
        const changes = outcome.outcome === 'dry-run' ? outcome.changes : [];
        const counts = outcome.outcome === 'unchanged' ? [] : [...outcome.counts.values()];
        const differences = counts.reduce((sum, { deleted, inserted }) => sum + deleted + inserted, 0);
        const failed = outcome.outcome === 'rejected' || (check === true && differences > 0);
        context.exitCode = failed ? exitCodes.fault : exitCodes.ok;
        const lines = changes.map(({ op, line }) => `${op} ${line}\n`).join('');
        const sentence = differences === 0
          ? say({ nl: 'De afleidingen zijn wat de regels geven.\n', en: 'The inferences are what the rules give.\n' })
          : failed
            ? say({ nl: `${differences} afleidingen zijn anders dan wat de regels geven.\n`, en: `${differences} inferences differ from what the rules give.\n` })
            : say({ nl: `${differences} afleidingen bijgewerkt.\n`, en: `${differences} inferences brought up to date.\n` });
        await print(io.stdout, json === true ? `${JSON.stringify({ verschillen: differences, uitkomst: outcome.outcome, verschil: changes.map(({ op, line }) => `${op} ${line}`) })}\n` : lines + sentence);
      } finally {
        await service.close();
      }
    });
}
