import { once } from 'node:events';
import { createServer } from 'node:net';
import { Command } from 'commander';
import { readConfig, variableNames, type Config } from '../../config.js';
import { Fault } from '../../faults.js';
import type { Service } from '../../service.js';
import { type Context, globalsOf } from '../context.js';
import { refuseSecond } from '../dataFolder.js';
import { examples } from '../options.js';

const parts = {
  writer: { nl: 'schrijver', en: 'writer' },
  readers: { nl: 'lezer', en: 'reader' },
  seed: { nl: 'gegevens', en: 'seed' },
} as const;

/** `regiograaf serve`: runs until it is told to stop. Every environment variable is a flag too. */
export function serveCommand(context: Context): Command {
  const { say, io } = context;
  const command = new Command('serve')
    .summary(say({ nl: 'de dienst starten', en: 'start the service' }))
    .description(say({ nl: 'Start de dienst. Elke instelling kan ook als omgevingsvariabele (--port is PORT); de README legt ze uit.', en: 'Starts the service. Each setting can be an environment variable too (--port is PORT); the README explains them.' }))
    .addHelpText('after', examples(say, ['regiograaf serve', 'regiograaf serve --port 8080 --data /var/lib/regiograaf', 'ADMIN_TOKEN=… regiograaf serve --base-iri https://regiograaf.example/']));
  for (const name of variableNames) command.option(`--${flagOf(name)} <${say({ nl: 'waarde', en: 'value' })}>`, name);
  return command.action(async (options: Readonly<Record<string, string>>, self: Command) => {
    const { data } = globalsOf(self, context);
    const flags = Object.fromEntries(variableNames.flatMap((name) => (options[propertyOf(name)] === undefined ? [] : [[name, options[propertyOf(name)]]])));
    const config = settings(self, context, { ...(data === undefined ? {} : { DATA_DIR: data }), ...flags });
    refuseSecond(config);
    await refuseTaken(config);
    const { createService } = await import('../../service.js');
    const service = await createService(config, { progress: (what, text) => io.stderr.write(`${say(parts[what])}: ${text}\n`) });
    const { url } = await listening(service, config);
    io.stderr.write(say({ nl: `Regiograaf luistert op ${url} (gegevens in ${config.dataDir})\n`, en: `Regiograaf listens on ${url} (data in ${config.dataDir})\n` }));
    if (service.newAdministratorToken !== undefined) {
      io.stderr.write(say({ nl: `Token van de beheerder, dat u maar één keer ziet: ${service.newAdministratorToken}\n`, en: `Administrator's token, which you see only once: ${service.newAdministratorToken}\n` }));
    }
    await stopped(service);
  });
}

/** The settings of a run; a wrong one is wrong usage. */
function settings(command: Command, { io, language }: Context, flags: Readonly<Record<string, string | undefined>>): Config {
  try {
    return readConfig(io.env, flags);
  } catch (error) {
    if (error instanceof Fault && error.code === 'bad-request') return command.error(error.data.detail[language]);
    throw error;
  }
}

function flagOf(variable: string): string {
  return variable.toLowerCase().replaceAll('_', '-');
}

function propertyOf(variable: string): string {
  return variable.toLowerCase().replaceAll(/_(.)/gu, (_match, letter: string) => letter.toUpperCase());
}

async function listening(service: Service, config: Config): Promise<{ readonly url: string }> {
  try {
    return await service.listen();
  } catch (error) {
    // The threads and the lock on the folder would keep the process alive.
    await service.close();
    throw listenFault(error, config);
  }
}

/** The seed may take a while: a port that is taken is told before that. */
async function refuseTaken(config: Config): Promise<void> {
  const probe = createServer();
  try {
    await once(probe.listen(config.port, config.host), 'listening');
  } catch (error) {
    throw listenFault(error, config);
  }
  await new Promise((resolve) => probe.close(resolve));
}

function listenFault(error: unknown, { host, port }: Config): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE') {
    return new Fault('conflict', { nl: `Op ${host}:${port} luistert al iets anders. Kies een andere poort met --port.`, en: `Something else listens on ${host}:${port} already. Choose another port with --port.` }, { cause: error });
  }
  if (code === 'EACCES') {
    return new Fault('bad-request', { nl: `U mag poort ${port} niet openen. Kies er een vanaf 1024 met --port.`, en: `You may not open port ${port}. Choose one from 1024 with --port.` }, { cause: error });
  }
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
    return new Fault('bad-request', { nl: `Het adres ${host} is niet van deze machine. Kies een ander met --host, bijvoorbeeld localhost of 0.0.0.0.`, en: `The address ${host} is not one of this machine. Choose another with --host, for instance localhost or 0.0.0.0.` }, { cause: error });
  }
  return error;
}

/** Resolves when a signal asked the service to stop and it has. */
function stopped(service: Service): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, stop);
      service.close().then(resolve, reject);
    };
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, stop);
  });
}
