import type { Command } from 'commander';
import { withMeantDataset } from '../datasets/meantDataset.js';
import { Fault, type Text } from '../faults.js';
import type { Client } from './client.js';
import { hasData, openLocal, openPassing } from './dataFolder.js';
import { exitCodes, type ExitCode } from './exitCodes.js';
import { HttpClient } from './httpClient.js';
import type { Io, Language, Say } from './io.js';
import type { Service } from '../service.js';

/** What every command is given. */
export interface Context {
  readonly io: Io;
  readonly language: Language;
  readonly say: Say;
  /** How the command ended, when it ended without a fault. */
  exitCode: ExitCode;
}

/** Options every command has. */
export interface Globals {
  readonly data?: string;
  readonly url?: string;
  readonly token?: string;
  readonly json?: boolean;
}

export function globalsOf(command: Command, { io, say }: Context): Globals {
  const { data, url, token, json } = command.optsWithGlobals<Globals>();
  const service = data === undefined ? (url ?? io.env['REGIOGRAAF_URL']) : url;
  if (service !== undefined && service !== '' && !isAddress(service)) command.error(say(noAddress(service)));
  const secret = token ?? io.env['REGIOGRAAF_TOKEN'];
  return {
    ...(data === undefined ? {} : { data }),
    ...(service === undefined || service === '' ? {} : { url: service }),
    ...(secret === undefined || secret === '' ? {} : { token: secret }),
    json: json === true,
  };
}

function isAddress(text: string): boolean {
  return /^https?:\/\//i.test(text) && URL.canParse(text);
}

function noAddress(text: string): Text {
  const meant = `http://${text.replace(/^[a-z]+:\/\//i, '')}`;
  const hint = isAddress(meant) ? { nl: ` Bedoelde u ${meant}?`, en: ` Did you mean ${meant}?` } : { nl: '', en: '' };
  return { nl: `Het adres ${text} is geen webadres dat met http:// of https:// begint.${hint.nl}`, en: `The address ${text} does not begin with http:// or https://.${hint.en}` };
}

/** Does the work on the graph the options point at: a service with `--url`, else a folder of this machine. */
export async function withClient(
  command: Command,
  context: Context,
  options: { readonly mustExist: boolean; /** Where there are no data, an empty graph will do that leaves no trace. */ readonly passing?: boolean },
  work: (client: Client, globals: Globals) => Promise<ExitCode | undefined>,
): Promise<void> {
  const globals = globalsOf(command, context);
  const passing = options.passing === true && globals.url === undefined && !hasData({ folder: globals.data, io: context.io });
  const { client, remove } = passing ? await passingClient(context) : { client: await clientOf(globals, context, options.mustExist), remove: undefined };
  try {
    context.exitCode = (await work(client, globals)) ?? exitCodes.ok;
  } catch (error) {
    throw await withMeant(error, client);
  } finally {
    await client.close();
    await remove?.();
  }
}

/** A service says itself which dataset was meant; of a folder we look. */
async function withMeant(error: unknown, client: Client): Promise<unknown> {
  if (!(error instanceof Fault) || error.code !== 'unknown-dataset' || error.data.extra?.['lijktOp'] !== undefined) return error;
  return Fault.from(withMeantDataset(error.data, await client.datasetNames().catch(() => [])));
}

async function passingClient({ io, language }: Context): Promise<{ client: Client; remove: () => Promise<void> }> {
  const { service, remove } = await openPassing(io);
  return { client: await localClient(service, language), remove };
}

async function clientOf({ url, token, data }: Globals, { io, language, say }: Context, mustExist: boolean): Promise<Client> {
  if (url !== undefined) return new HttpClient({ url, language, ...(token === undefined ? {} : { token }) });
  const service = await openLocal({ folder: data, io, mustExist });
  if (service.newAdministratorToken !== undefined) {
    io.stderr.write(
      say({
        nl: `Token van de beheerder, dat u maar één keer ziet: ${service.newAdministratorToken}\n`,
        en: `Administrator's token, which you see only once: ${service.newAdministratorToken}\n`,
      }),
    );
  }
  return localClient(service, language);
}

async function localClient(service: Service, language: Language): Promise<Client> {
  const { LocalClient } = await import('./localClient.js');
  return new LocalClient(service, language);
}
