import { Command } from 'commander';
import { type Context, withClient } from '../context.js';
import { print } from '../io.js';
import { meantText, meantThing } from '../meantThing.js';
import { examples, parseVersion } from '../options.js';
import { versionText } from '../shown.js';

/** `regiograaf history IRI`: the versions that changed an entity. */
export function historyCommand(context: Context): Command {
  const { say, io, language } = context;
  return new Command('history')
    .summary(say({ nl: 'de geschiedenis van iets tonen', en: 'show the history of something' }))
    .argument('<iri>', say({ nl: 'het webadres (IRI) van het ding, of dat van zijn pagina', en: 'the IRI of the thing, or the address of its page' }))
    .option('--limit <number>', say({ nl: 'hoogstens zoveel versies', en: 'at most so many versions' }), parseVersion(say), 50)
    .addHelpText('after', examples(say, ['regiograaf history http://localhost:3000/id/actor/imec', 'regiograaf history http://localhost:3000/id/actor/imec --limit 5 --json']))
    .action(async (text: string, { limit }: { readonly limit: number }, command: Command) => {
      await withClient(command, context, { mustExist: true }, async (client, { json }) => {
        const iri = await meantThing(client, text);
        const versions = await client.history(iri, limit);
        if (json === true) await print(io.stdout, `${JSON.stringify(versions)}\n`);
        else if (versions.length > 0) await print(io.stdout, versions.map((version) => versionText(version, say, language)).join(''));
        else {
          const { nl, en } = await meantText(client, iri.replace(/^.*[/#]/, ''));
          await print(io.stdout, say({ nl: `Geen enkele versie gaat over ${iri}.${nl}\n`, en: `No version is about ${iri}.${en}\n` }));
        }
        return undefined;
      });
    });
}
