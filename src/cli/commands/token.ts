import { join } from 'node:path';
import { Command, Option } from 'commander';
import type { DatasetList } from '../../access/token.js';
import { accessFile, TokenStore } from '../../access/tokenStore.js';
import type { Role } from '../../graph/commit.js';
import { isAbsoluteIri } from '../../rdf/iri.js';
import { type Context, type Globals, globalsOf } from '../context.js';
import { folderBase, folderConfig } from '../dataFolder.js';
import { print } from '../io.js';
import { examples, localOnly } from '../options.js';
import { shownTime, table } from '../shown.js';

interface CreateOptions {
  readonly role: Role;
  readonly organisation?: string;
  readonly name?: string;
  readonly dataset?: readonly string[];
  readonly restricted?: readonly string[];
  readonly createDatasets?: boolean;
  readonly expires?: string;
}

/** `regiograaf token create|list|revoke`: in the folder, beside a running service too. */
export function tokenCommand(context: Context): Command {
  const { say } = context;
  return new Command('token')
    .summary(say({ nl: 'tokens maken, tonen en intrekken', en: 'create, list and revoke tokens' }))
    .addCommand(createCommand(context))
    .addCommand(listCommand(context))
    .addCommand(revokeCommand(context));
}

function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}

function createCommand(context: Context): Command {
  const { say, io } = context;
  return new Command('create')
    .summary(say({ nl: 'een token maken', en: 'create a token' }))
    .description(say({ nl: 'Maakt een token en toont het één keer.', en: 'Creates a token and shows it once.' }))
    .addOption(new Option('--role <role>', say({ nl: 'rol', en: 'role' })).choices(['reader', 'steward', 'administrator']).default('steward'))
    .option('--dataset <name>', say({ nl: 'dataset waarin het mag schrijven: naam, IRI of * (mag meermaals)', en: 'dataset it may write: name, IRI or * (repeatable)' }), collect)
    .option('--restricted <name>', say({ nl: 'niet-openbare dataset die het mag lezen: naam, IRI of * (mag meermaals)', en: 'restricted dataset it may read: name, IRI or * (repeatable)' }), collect)
    .option('--create-datasets', say({ nl: 'mag datasets aanmaken', en: 'may create datasets' }))
    .option('--organisation <name>', say({ nl: 'organisatie, zichtbaar bij elke wijziging', en: 'organisation, shown with every change' }))
    .option('--name <name>', say({ nl: 'wie het token heeft; blijft buiten het logboek', en: 'who holds the token; kept out of the log' }))
    .option('--expires <date>', say({ nl: 'einddatum, bijvoorbeeld 2027-12-31', en: 'end date, for instance 2027-12-31' }))
    .addHelpText('after', examples(say, ['regiograaf token create --dataset actoren --organisation "Stad Voorbeeld" --expires 2027-12-31', 'regiograaf token create --role reader --restricted contacten', 'regiograaf token create --role administrator']))
    .action(async ({ role, organisation, name, dataset = [], restricted = [], createDatasets = false, expires }: CreateOptions, command: Command) => {
      await withTokens(command, context, async (tokens, { json }, base) => {
        const { token, info } = tokens.create({
          role,
          datasets: listed(dataset, base),
          restricted: listed(restricted, base),
          createDatasets,
          ...(organisation === undefined ? {} : { organisation }),
          ...(name === undefined ? {} : { name }),
          ...(expires === undefined ? {} : { expires }),
        });
        if (json !== true) io.stderr.write(say({ nl: 'Bewaar dit token goed: u ziet het maar één keer.\n', en: 'Keep this token safe: you see it only once.\n' }));
        await print(io.stdout, json === true ? `${JSON.stringify({ token, ...info })}\n` : `${token}\n`);
      });
    });
}

function listCommand(context: Context): Command {
  const { say, io, language } = context;
  return new Command('list')
    .summary(say({ nl: 'de tokens tonen', en: 'list the tokens' }))
    .addHelpText('after', examples(say, ['regiograaf token list', 'regiograaf token list --json']))
    .action(async (_options: object, command: Command) => {
      await withTokens(command, context, async (tokens, { json }) => {
        const list = tokens.list();
        const heading = say({ nl: 'KENMERK ROL ORGANISATIE NAAM DATASETS TOT TOESTAND', en: 'ID ROLE ORGANISATION NAME DATASETS UNTIL STATE' }).split(' ');
        const rows = list.map(({ id, role, organisation, name, datasets, expires, revoked }) => [
          id,
          role,
          organisation ?? '',
          name ?? '',
          datasets === '*' ? '*' : datasets.join(' '),
          expires === undefined ? '' : shownTime(expires, language),
          revoked === undefined ? say({ nl: 'geldig', en: 'valid' }) : say({ nl: 'ingetrokken', en: 'revoked' }),
        ]);
        await print(io.stdout, json === true ? `${JSON.stringify(list)}\n` : table([heading, ...rows]));
      });
    });
}

function revokeCommand(context: Context): Command {
  const { say, io } = context;
  return new Command('revoke')
    .summary(say({ nl: 'een token intrekken', en: 'revoke a token' }))
    .argument('<id>', say({ nl: 'kenmerk van het token, zoals "token list" het toont', en: 'id of the token, as "token list" shows it' }))
    .option('--forget-name', say({ nl: 'wis ook de naam van wie het had (AVG)', en: 'also erase the name of who held it (GDPR)' }))
    .addHelpText('after', examples(say, ['regiograaf token revoke 4f1c9a0b2d3e', 'regiograaf token revoke 4f1c9a0b2d3e --forget-name']))
    .action(async (id: string, { forgetName }: { readonly forgetName?: boolean }, command: Command) => {
      await withTokens(command, context, async (tokens, { json }) => {
        tokens.revoke(id);
        if (forgetName === true) tokens.forgetName(id);
        await print(io.stdout, json === true ? `${JSON.stringify({ id })}\n` : say({ nl: `Token ${id} is ingetrokken.\n`, en: `Token ${id} is revoked.\n` }));
      });
    });
}

async function withTokens(command: Command, context: Context, work: (tokens: TokenStore, globals: Globals, base: string) => Promise<void>): Promise<void> {
  const globals = localOnly(globalsOf(command, context), command, context.say);
  const config = folderConfig({ folder: globals.data, io: context.io });
  const tokens = TokenStore.open(join(config.dataDir, accessFile));
  try {
    await work(tokens, globals, folderBase(config));
  } finally {
    tokens.close();
  }
}

function listed(names: readonly string[], base: string): DatasetList {
  return names.includes('*') ? '*' : names.map((name) => (isAbsoluteIri(name) ? name : `${base}id/dataset/${name}`));
}
