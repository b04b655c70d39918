import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { mkdir } from 'node:fs/promises';
import type { Express } from 'express';
import type { Logger } from 'pino';
import { accessFile, TokenStore } from './access/tokenStore.js';
import { defaultBase, type Config } from './config.js';
import { plant } from './datasets/planting.js';
import { Stager, type StageOptions } from './datasets/stager.js';
import { DocumentFetcher } from './federation/documents.js';
import { GuardedFetch } from './federation/guardedFetch.js';
import type { StagedDocument } from './graph/api.js';
import { Graph } from './graph/knowledgeGraph.js';
import { serviceLog } from './logging.js';
import { MemoryGuard } from './graph/memoryGuard.js';
import { journalFile, openJournalReader } from './graph/journal/openJournal.js';
import { lastPurgeOf } from './graph/journal/purged.js';
import { stagingFolder } from './graph/writer/writerThread.js';
import { createApp } from './http/app.js';
import { DocumentWriter } from './http/documents/documentWriter.js';
import { defaultHttpConfig } from './http/options.js';
import { createLimitedServer } from './http/server.js';
import { collections } from './http/collections/table.js';
import { Closings } from './publication/closings.js';
import { DeltaPublication } from './publication/delta/deltaPublication.js';
import { deltaStreams } from './publication/delta/streams.js';
import { Streams } from './publication/ldes/streams.js';
import { DumpPublication } from './publication/dump/dumpPublication.js';
import { Publisher } from './publication/versions/publisher.js';
import { changesPublicity } from './publication/versions/publicity.js';
import type { CataloguePublisher } from './publication/catalogue/model.js';
import { packageVersion } from './resources.js';

export interface ServiceHooks {
  /** Progress of what takes over a second at start: loading the log, the seed. */
  readonly progress?: (what: 'writer' | 'readers' | 'seed', text: string) => void;
}

/** The composed service: the embeddable API. */
export interface Service {
  /** The Express application, for who mounts it in a server of her own. */
  readonly app: Express;
  readonly graph: Graph;
  readonly tokens: TokenStore;
  readonly base: string;
  readonly log: Logger;
  /** The administrator's token, when this start made it; shown once. */
  readonly newAdministratorToken: string | undefined;
  /** Reads a document into a staged file for `graph.write` and `graph.validate`; remove it with `discard`. */
  stage(input: AsyncIterable<Uint8Array>, options: StageOptions): Promise<StagedDocument>;
  discard(document: StagedDocument): Promise<void>;
  /** Starts to listen; resolves with the address in use (port 0 takes a free one). */
  listen(): Promise<{ readonly port: number; readonly url: string }>;
  /** Stops listening, lets requests finish, closes the threads. */
  close(): Promise<void>;
}

/** Of streams of several datasets; each dataset says its own. */
const streamLicence = 'https://data.vlaanderen.be/id/licentie/modellicentie-gratis-hergebruik/v1.0';

/** The writer's thread, which composes itself. */
export const writerEntry = new URL('./writerWorker.js', import.meta.url);

/** The thread that validates documents on their own. */
export const validatorEntry = new URL('./validatorWorker.js', import.meta.url);

/** Composes the service on a data folder: the one place where the parts meet. Faults of opening the folder. */
export async function createService(config: Config, hooks: ServiceHooks = {}): Promise<Service> {
  const log = serviceLog(config.logLevel);
  await mkdir(config.dataDir, { recursive: true }).catch(() => undefined);
  const base = config.baseIri ?? storedBase(config.dataDir, log, config.port) ?? defaultBase(config.port);
  const memory = new MemoryGuard(config.memoryLimitBytes, (fields, message) => log.warn(fields, message));
  const kinds = collections.map(({ name, title, classes, except = [] }) => ({ name, title, classes, except }));
  const syncStreams = deltaStreams(base, kinds, { more: config.syncStreams, closed: config.syncClosed });
  const publisher = new Publisher(
    { dataDir: config.dataDir, base, also: config.publishAlso, kinds },
    log,
  );
  const closings = new Closings();
  const delta = new DeltaPublication({
    dataDir: config.dataDir,
    base,
    streams: syncStreams,
    kinds,
    closings,
    dumpInterval: config.syncDumpInterval,
    retention: config.syncRetention,
    log,
  });
  const dumps = new DumpPublication({ dataDir: config.dataDir, base, when: config.dumps, closings, log });
  const graph = await Graph.open({
    dataDir: config.dataDir,
    base,
    unionDefaultGraph: config.unionDefaultGraph,
    readers: config.readers,
    queryTimeout: config.queryTimeout,
    maxQueryTimeout: config.maxQueryTimeout,
    resultLimits: { rows: config.maxResultRows, bytes: config.maxResultBytes },
    updateTimeout: config.updateTimeout,
    loadTimeout: config.loadTimeout,
    maxUpdateRows: config.maxUpdateRows,
    validationTimeout: config.validationTimeout,
    version: packageVersion(),
    writerEntry,
    validatorEntry,
    memory,
    log,
    progress: (what, commit) => hooks.progress?.(what, `versie ${commit}`),
    published: async (publication) => {
      const hides = changesPublicity(publication.changes ?? [], base);
      if (publication.reload || hides) closings.at(publication.number);
      if (publication.reload) await Promise.all([publisher, delta, dumps].map((channel) => channel.purged(publication.number)));
      else publisher.committed(publication.number, { hides });
    },
  });
  // Only now: the folder is ours, so nobody else's uploads are in it.
  const stager = await Stager.open({ folder: join(config.dataDir, stagingFolder), base, maxBytes: config.maxUploadBytes });
  const tokens = TokenStore.open(join(config.dataDir, accessFile));
  try {
    if (graph.isEmpty) {
      const seed = { seed: config.seed === 'default', plain: !config.unionDefaultGraph };
      await plant(graph, stager, { ...seed, progress: (done, total, file) => hooks.progress?.('seed', `${done + 1}/${total} ${file}`) });
    }
  } catch (error) {
    // Threads would keep the process alive.
    await Promise.all([graph.close(), stager.close()]);
    tokens.close();
    throw error;
  }
  // Only now: a start that failed would have shown it to nobody.
  const newAdministratorToken = tokens.ensureAdministrator(config.adminToken);
  publisher.removeStale(lastPurge(config.dataDir));
  const eventStreams = new Streams(publisher, {
    base,
    collections: Object.fromEntries(collections.map(({ name, title }) => [name, { nl: title.nl, en: title.en }])),
    licence: streamLicence,
    publisher: cataloguePublisher(config),
  });
  closings.at((await graph.status()).commit);
  const documents = new DocumentWriter();
  const guarded = new GuardedFetch({ allow: config.fetchAllow, allowPrivate: config.fetchAllowPrivate, maxBytes: config.maxUploadBytes });
  const fetcher = new DocumentFetcher(guarded, (input, options) => stager.stage(input, options));
  const app = createApp({
    graph,
    fetchDocument: (iri) => fetcher.fetch(iri),
    documents,
    publisher,
    streams: eventStreams,
    delta,
    dumps,
    catalogue: { dumps: () => dumps.catalogued(), streams: async () => [...(await eventStreams.catalogued()), ...delta.catalogued()] },
    verifyToken: (token) => tokens.verify(token),
    stage: (stream, { fileName, ...options }) => stager.stage(stream, { ...options, ...(fileName === '' ? {} : { file: fileName }) }),
    config: {
      ...defaultHttpConfig,
      queryTimeout: config.queryTimeout,
      maxQueryTimeout: config.maxQueryTimeout,
      cacheBytes: config.cacheBytes,
      maxQueryBytes: config.maxQueryBytes,
      unionDefaultGraph: config.unionDefaultGraph,
      maxUpdateBytes: config.maxUpdateBytes,
      maxUploadBytes: config.maxUploadBytes,
      trustedProxies: config.trustedProxies,
      rateLimit: config.rateLimit ?? 'off',
      ...(config.owner === undefined ? {} : { owner: config.owner }),
      ...(config.contact === undefined ? {} : { contact: config.contact }),
    },
    log,
  });
  let server: Server | undefined;
  return {
    app,
    graph,
    tokens,
    base,
    log,
    newAdministratorToken,
    stage: (input, options) => stager.stage(input, options),
    discard: (document) => stager.discard(document),
    async listen() {
      for (const channel of [publisher, delta, dumps]) channel.start();
      server = createLimitedServer(app, {
        connections: config.maxConnections,
        perClient: config.maxConnectionsPerClient,
        rateLimit: config.rateLimit ?? 'off',
        trustedProxies: config.trustedProxies,
      });
      await listening(server, config.port, config.host);
      const { port } = server.address() as AddressInfo;
      return { port, url: `http://${config.host.includes(':') ? `[${config.host}]` : config.host}:${port}/` };
    },
    async close() {
      await stopped(server);
      await Promise.all([delta.close(), dumps.close()]);
      await eventStreams.close();
      await publisher.close();
      await graph.close();
      await guarded.close();
      await stager.close();
      await documents.close();
      tokens.close();
    },
  };
}

/** Who answers for the catalogue, as far as it is configured. */
function cataloguePublisher({ owner, contact }: Config): CataloguePublisher {
  return { name: owner ?? 'Regiograaf', ...(contact === undefined ? {} : { contact }) };
}

function lastPurge(dataDir: string): number {
  const journal = openJournalReader(join(dataDir, journalFile));
  try {
    return lastPurgeOf(journal);
  } finally {
    journal.close();
  }
}

/** The base the data folder was made with (decision 5). */
function storedBase(dataDir: string, log: Logger, port: number): string | undefined {
  try {
    const journal = openJournalReader(join(dataDir, journalFile));
    const base = journal.setting('base');
    journal.close();
    if (base !== undefined && base.startsWith('http://localhost:') && base !== defaultBase(port)) {
      log.warn({ base, port }, 'links lead to the stored BASE_IRI, not to this port');
    }
    return base;
  } catch {
    // No log yet, or one that cannot be read: opening it to write tells what is wrong.
    return undefined;
  }
}

/** Connections that may wait to be taken in: those beyond it would try again only after a second. */
const backlog = 4096;

function listening(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, host, backlog }, () => resolve());
  });
}

function stopped(server: Server | undefined): Promise<void> {
  if (!server?.listening) return Promise.resolve();
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
    // A client that keeps its connection busy must not keep the service from stopping.
    setTimeout(() => server.closeAllConnections(), 5000).unref();
  });
}
