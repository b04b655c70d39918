import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defaultBase, readConfig, type Config } from '../config.js';
import { Fault } from '../faults.js';
import { journalFile, openJournalReader } from '../graph/journal/openJournal.js';
import { lockForWriting } from '../graph/journal/writerLock.js';
import type { Service } from '../service.js';
import type { Io } from './io.js';

/** Composing a service takes a second to load: only commands that need one wait for it. */
async function compose(config: Config): Promise<Service> {
  const { createService } = await import('../service.js');
  return createService(config);
}

export interface FolderOptions {
  readonly folder: string | undefined;
  readonly io: Io;
}

/** The configuration of a command on a local folder: that of the service, quiet. */
export function folderConfig({ folder, io }: FolderOptions): Config {
  return readConfig(io.env, { ...(folder === undefined ? {} : { DATA_DIR: folder }), LOG_LEVEL: io.env['LOG_LEVEL'] ?? 'error' });
}

/** The base of a folder: what its log was made with, else what a first start would take. */
export function folderBase(config: Config): string {
  if (!existsSync(join(config.dataDir, journalFile))) return config.baseIri ?? defaultBase(config.port);
  const journal = openJournalReader(join(config.dataDir, journalFile));
  try {
    return journal.setting('base') ?? config.baseIri ?? defaultBase(config.port);
  } finally {
    journal.close();
  }
}

/**
 * The service on a folder, without HTTP. Fault conflict when a service runs on it; not-found when `mustExist` and
 * nothing is there yet.
 */
export async function openLocal(options: FolderOptions & { readonly mustExist: boolean; /** For work that a service cannot be asked to do. */ readonly alone?: boolean }): Promise<Service> {
  const config = folderConfig(options);
  if (options.mustExist && !existsSync(join(config.dataDir, journalFile))) {
    throw new Fault('not-found', {
      nl: `In ${config.dataDir} staan nog geen gegevens. Kies een andere map met --data, of een dienst met --url.`,
      en: `There are no data in ${config.dataDir} yet. Choose another folder with --data, or a service with --url.`,
    });
  }
  try {
    // Asked first: composing the service already touches the folder.
    lockForWriting(config.dataDir).release();
    return await compose(config);
  } catch (error) {
    if (error instanceof Fault && error.code === 'conflict') throw options.alone === true ? mustStop(config, error) : running(config, error);
    throw error;
  }
}

/** Whether a folder has data already. */
export function hasData(options: FolderOptions): boolean {
  return existsSync(join(folderConfig(options).dataDir, journalFile));
}

/** An empty graph that is gone when it is closed: for work that needs the rules and nothing else. */
export async function openPassing(io: Io): Promise<{ readonly service: Service; remove(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'regiograaf-'));
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true });
  try {
    return { service: await compose({ ...folderConfig({ folder, io }), seed: 'none', dumps: 'off' }), remove };
  } catch (error) {
    await remove();
    throw error;
  }
}

/** Fault conflict when a service runs on the folder: told before anything else is done. */
export function refuseSecond(config: Config): void {
  try {
    lockForWriting(config.dataDir).release();
  } catch (error) {
    throw error instanceof Fault && error.code === 'conflict' ? mustStop(config, error) : error;
  }
}

function mustStop(config: Config, cause: Fault): Fault {
  return new Fault(
    'conflict',
    {
      nl: `Op de map ${config.dataDir} draait al een dienst. Stop die eerst, of kies een andere map met --data.`,
      en: `A service is already running on the folder ${config.dataDir}. Stop it first, or choose another folder with --data.`,
    },
    { cause },
  );
}

function running(config: Config, cause: Fault): Fault {
  const url = `http://${config.host}:${config.port}/`;
  return new Fault(
    'conflict',
    {
      nl: `Op de map ${config.dataDir} draait al een dienst. Spreek die aan met --url ${url} (en --token om te schrijven).`,
      en: `A service is already running on the folder ${config.dataDir}. Talk to it with --url ${url} (and --token to write).`,
    },
    { cause },
  );
}
