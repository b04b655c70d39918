import { Command } from 'commander';
import { checkIri } from '../../rdf/iri.js';
import { type Context, withClient } from '../context.js';
import { print } from '../io.js';
import { examples, parseVersion } from '../options.js';
import { versionText } from '../shown.js';

/** `regiograaf history IRI`: the versions that changed an entity. */
export function historyCommand(context: Context): Command {
  const { say, io, language } = context;
  return new Command('history')
    .summary(say({ nl: 'de geschiedenis van iets tonen', en: 'show the history of something' }))
    .argument('<iri>', say({ nl: 'het webadres (IRI) waarvan u de geschiedenis wilt zien', en: 'the IRI to show the history of' }))
    .option('--limit <number>', say({ nl: 'hoogstens zoveel versies', en: 'at most so many versions' }), parseVersion(say), 50)
    .addHelpText('after', examples(say, ['regiograaf history http://localhost:3000/id/actor/imec', 'regiograaf history http://localhost:3000/id/actor/imec --limit 5 --json']))
    .action(async (iri: string, { limit }: { readonly limit: number }, command: Command) => {
      checkIri(iri);
      await withClient(command, context, { mustExist: true }, async (client, { json }) => {
        const versions = await client.history(iri, limit);
        const none = say({ nl: `Geen enkele versie gaat over ${iri}.\n`, en: `No version is about ${iri}.\n` });
        const text = versions.map((version) => versionText(version, say, language)).join('');
        await print(io.stdout, json === true ? `${JSON.stringify(versions)}\n` : text === '' ? none : text);
        return undefined;
      });
    });
}
