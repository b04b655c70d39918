import { Command } from 'commander';
import { type Context, withClient } from '../context.js';
import { print } from '../io.js';
import { examples, parseVersion } from '../options.js';
import { versionText } from '../shown.js';

/** `regiograaf show COMMIT`: what a version changed. */
export function showCommand(context: Context): Command {
  const { say, io, language } = context;
  return new Command('show')
    .summary(say({ nl: 'tonen wat een versie wijzigde', en: 'show what a version changed' }))
    .argument('<commit>', say({ nl: 'nummer van de versie', en: 'number of the version' }), parseVersion(say))
    .addHelpText('after', examples(say, ['regiograaf show 12', 'regiograaf show 12 --json']))
    .action(async (number: number, _options: object, command: Command) => {
      await withClient(command, context, { mustExist: true }, async (client, { json }) => {
        const version = await client.commit(number);
        await print(io.stdout, json === true ? `${JSON.stringify(version)}\n` : versionText(version, say, language));
        return undefined;
      });
    });
}
