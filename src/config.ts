import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { z } from 'zod';
import { Fault } from './faults.js';
import { settingProblems } from './settingProblem.js';

const truth = z
  .string()
  .transform((text) => text.trim().toLowerCase())
  .pipe(z.enum(['true', 'false', '1', '0', 'yes', 'no', 'ja', 'nee']))
  .transform((text) => ['true', '1', 'yes', 'ja'].includes(text));

const count = (low: number, high: number) => z.coerce.number().int().min(low).max(high);

/** `30`, `30s`, `1500ms`, `2m`, `6h`, `1d` -> milliseconds; a bare number is seconds. */
const duration = z
  .string()
  .regex(/^\d+(\.\d+)?(ms|s|m|h|d)?$/u, 'a number of seconds, or with ms, s, m, h or d')
  .transform((text) => {
    const unit = { ms: 1, m: 60_000, h: 3_600_000, d: 86_400_000 }[/[a-z]+$/u.exec(text)?.[0] ?? ''] ?? 1000;
    return Math.round(Number.parseFloat(text) * unit);
  });

/** `500`, `64k`, `100M`, `1G` -> bytes. */
const bytes = z
  .string()
  .regex(/^\d+(\.\d+)?[kMG]?$/u, 'a number of bytes, or with k, M or G')
  .transform((text) => {
    const unit = { k: 1024, M: 1024 ** 2, G: 1024 ** 3 }[text.at(-1) ?? ''] ?? 1;
    return Math.floor(Number.parseFloat(text) * unit);
  });

/** `data.example.be,*.example.org,localhost:8080` -> hosts; a port only where it is not the ordinary one. */
const hosts = z
  .string()
  .transform((text) => text.split(',').map((host) => host.trim().toLowerCase()).filter((host) => host !== ''))
  .pipe(z.array(z.string().regex(/^(?:\*|(?:\*\.)?[a-z0-9._-]+|\[[0-9a-f:.]+\])(?::\d{1,5})?$/u, 'host names, separated by commas')));

/** Names, separated by commas. */
const names = z.string().transform((text) => text.split(',').map((name) => name.trim()).filter((name) => name !== ''));

const httpIri = z.url({ protocol: /^https?$/u }).transform((iri) => (iri.endsWith('/') ? iri : `${iri}/`));

const variables = z.object({
  PORT: count(0, 65_535).default(3000),
  HOST: z.string().min(1).default('localhost'),
  BASE_IRI: httpIri.optional(),
  DATA_DIR: z.string().min(1).default('./var'),
  ADMIN_TOKEN: z.string().min(16, 'at least 16 characters').optional(),
  UNION_DEFAULT_GRAPH: truth.default(true),
  // One is kept for short reads; with one alone for queries, everybody would wait for the slowest.
  READERS: count(2, 64).default(Math.max(3, Math.min(4, availableParallelism()))),
  QUERY_TIMEOUT: duration.default(10_000),
  MAX_QUERY_TIMEOUT: duration.default(60_000),
  CACHE_BYTES: bytes.default(64 * 1024 ** 2),
  MAX_RESULT_ROWS: count(1, 1_000_000_000).default(1_000_000),
  MAX_RESULT_BYTES: bytes.default(100 * 1024 ** 2),
  UPDATE_TIMEOUT: duration.default(60_000),
  LOAD_TIMEOUT: duration.default(3_600_000),
  MAX_UPDATE_ROWS: count(1, 1_000_000_000).default(1_000_000),
  VALIDATION_TIMEOUT: duration.default(120_000),
  RATE_LIMIT: z.union([z.literal('off'), count(1, 1_000_000)]).optional(),
  MAX_CONNECTIONS: count(10, 1_000_000).default(2000),
  MAX_CONNECTIONS_PER_CLIENT: count(1, 1_000_000).default(500),
  SEED: z.enum(['default', 'none']).default('default'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info'),
  MAX_UPLOAD: bytes.default(1024 ** 3),
  MAX_QUERY: bytes.default(1024 ** 2),
  MAX_UPDATE: bytes.default(16 * 1024 ** 2),
  MEMORY_LIMIT: bytes.default(0),
  EIGENAAR: z.string().min(1).optional(),
  CONTACT: z.string().min(1).optional(),
  TRUSTED_PROXIES: count(0, 10).default(0),
  SYNC_STREAMS: names.default([]),
  PUBLISH_ALSO: names.pipe(z.array(z.enum(['extern', 'afgeleid']))).default([]),
  SYNC_CLOSED: names.default([]),
  SYNC_DUMP_INTERVAL: duration.default(86_400_000),
  SYNC_RETENTION: duration.default(30 * 86_400_000),
  DUMPS: z.union([z.enum(['commit', 'off']), duration]).default('commit'),
  FETCH_ALLOW: hosts.default([]),
  FETCH_ALLOW_PRIVATE: hosts.default([]),
});

/** Everything that can be set, in the units the code uses (milliseconds, bytes); frozen. */
export interface Config {
  readonly port: number;
  readonly host: string;
  /** Ends in `/`. Undefined: follows the port (see `defaultBase`). */
  readonly baseIri: string | undefined;
  readonly dataDir: string;
  readonly adminToken: string | undefined;
  readonly unionDefaultGraph: boolean;
  readonly readers: number;
  readonly queryTimeout: number;
  /** What a query of a caller with a token may ask for. */
  readonly maxQueryTimeout: number;
  /** Bytes of answers kept in memory for who asks the same again. */
  readonly cacheBytes: number;
  /** Rows and bytes one answer may have; a larger one is refused. */
  readonly maxResultRows: number;
  readonly maxResultBytes: number;
  readonly updateTimeout: number;
  /** Milliseconds any other write may take: loads, whole datasets. */
  readonly loadTimeout: number;
  /** Solutions the WHERE of an update may have. */
  readonly maxUpdateRows: number;
  /** Milliseconds the validation of a document may take for who has a token. */
  readonly validationTimeout: number;
  /** Requests a minute per client; undefined: off. */
  readonly rateLimit: number | undefined;
  /** Connections open at once, and those of one client (without trusted proxies). */
  readonly maxConnections: number;
  readonly maxConnectionsPerClient: number;
  readonly seed: 'default' | 'none';
  readonly logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'silent';
  readonly maxUploadBytes: number;
  readonly maxQueryBytes: number;
  readonly maxUpdateBytes: number;
  /** Resident memory above which writes are refused; 0: three quarters of the machine's. */
  readonly memoryLimitBytes: number;
  /** Organisation that answers for this installation; pages say that it is not official until one is set. */
  readonly owner: string | undefined;
  /** Functional mailbox or page for questions. */
  readonly contact: string | undefined;
  /** Reverse proxies in front of the service, whose X-Forwarded-For may be believed. */
  readonly trustedProxies: number;
  /** Delta streams besides the usual ones: collections, or `dataset:{slug}`. */
  readonly syncStreams: readonly string[];
  /** Datasets of these statuses are in streams and delta files too. */
  readonly publishAlso: readonly ('extern' | 'afgeleid')[];
  /** Delta streams only for who has a token. */
  readonly syncClosed: readonly string[];
  /** Milliseconds between two dumps of a delta stream that changes. */
  readonly syncDumpInterval: number;
  /** Milliseconds delta files are kept at least. */
  readonly syncRetention: number;
  /** When full downloads are made: soon after a commit, at most once in so many milliseconds, or never. */
  readonly dumps: 'commit' | 'off' | number;
  /** Hosts from which LOAD may fetch; none: LOAD is off. */
  readonly fetchAllow: readonly string[];
  /** Hosts that may be fetched from although their address is not public. */
  readonly fetchAllowPrivate: readonly string[];
}

const usualRateLimit = 1200;

/** What only this machine can reach needs no limit unless one is asked for: its clients are the developer's own. */
function rateLimitOf({ RATE_LIMIT, HOST, TRUSTED_PROXIES }: z.infer<typeof variables>): number | undefined {
  if (RATE_LIMIT !== undefined) return RATE_LIMIT === 'off' ? undefined : RATE_LIMIT;
  return isLoopback(HOST) && TRUSTED_PROXIES === 0 ? undefined : usualRateLimit;
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host);
}

/** Names of the environment variables; each is also a flag of `serve` (`DATA_DIR` -> `--data-dir`). */
export const variableNames = Object.keys(variables.shape) as readonly (keyof typeof variables.shape)[];

/**
 * Reads the configuration. Flags win over the environment; empty values count as absent.
 * @throws Fault bad-request that names each variable that is wrong and what is allowed.
 */
export function readConfig(
  environment: Readonly<Record<string, string | undefined>>,
  flags: Readonly<Record<string, string | undefined>> = {},
): Config {
  const given: Record<string, string> = {};
  for (const name of variableNames) {
    const value = flags[name] ?? environment[name];
    if (value !== undefined && value !== '') given[name] = value;
  }
  const result = variables.safeParse(given);
  if (!result.success) {
    throw new Fault('bad-request', settingProblems(result.error.issues, given));
  }
  const values = result.data;
  return Object.freeze({
    port: values.PORT,
    host: values.HOST,
    baseIri: values.BASE_IRI,
    dataDir: resolve(values.DATA_DIR),
    adminToken: values.ADMIN_TOKEN,
    unionDefaultGraph: values.UNION_DEFAULT_GRAPH,
    readers: values.READERS,
    queryTimeout: values.QUERY_TIMEOUT,
    maxQueryTimeout: Math.max(values.QUERY_TIMEOUT, values.MAX_QUERY_TIMEOUT),
    cacheBytes: values.CACHE_BYTES,
    maxResultRows: values.MAX_RESULT_ROWS,
    maxResultBytes: values.MAX_RESULT_BYTES,
    updateTimeout: values.UPDATE_TIMEOUT,
    loadTimeout: values.LOAD_TIMEOUT,
    maxUpdateRows: values.MAX_UPDATE_ROWS,
    validationTimeout: values.VALIDATION_TIMEOUT,
    rateLimit: rateLimitOf(values),
    maxConnections: values.MAX_CONNECTIONS,
    maxConnectionsPerClient: values.MAX_CONNECTIONS_PER_CLIENT,
    seed: values.SEED,
    logLevel: values.LOG_LEVEL,
    maxUploadBytes: values.MAX_UPLOAD,
    maxQueryBytes: values.MAX_QUERY,
    maxUpdateBytes: values.MAX_UPDATE,
    memoryLimitBytes: values.MEMORY_LIMIT,
    owner: values.EIGENAAR,
    contact: values.CONTACT,
    trustedProxies: values.TRUSTED_PROXIES,
    syncStreams: values.SYNC_STREAMS,
    publishAlso: values.PUBLISH_ALSO,
    syncClosed: values.SYNC_CLOSED,
    syncDumpInterval: values.SYNC_DUMP_INTERVAL,
    // A file may only go once a dump after it is there.
    syncRetention: Math.max(values.SYNC_RETENTION, values.SYNC_DUMP_INTERVAL),
    dumps: values.DUMPS,
    fetchAllow: values.FETCH_ALLOW,
    fetchAllowPrivate: values.FETCH_ALLOW_PRIVATE,
  });
}

/** Base IRI when none is configured: what a browser on this machine would type. */
export function defaultBase(port: number): string {
  return `http://localhost:${port}/`;
}
