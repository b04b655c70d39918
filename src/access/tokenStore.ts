import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { closeSync, openSync } from 'node:fs';
import Database from 'better-sqlite3';
import { z } from 'zod';
import { Fault } from '../faults.js';
import { orStorageFault } from '../graph/journal/storageFaults.js';
import { allRights, type Principal } from '../graph/principal.js';
import { completeGrant, principalOf, type TokenGrant, type TokenInfo } from './token.js';

/** Name of the file in the data folder. */
export const accessFile = 'access.sqlite';

const prefix = 'rg_';
/** The id of ADMIN_TOKEN in the log: it stands in no store. */
const givenId = 'beheerder';

const datasetList = z.union([z.literal('*'), z.array(z.string())]);
const optionalText = z.string().nullable().transform((text) => text ?? undefined);
const storedToken = z.object({
  id: z.string(),
  digest: z.instanceof(Buffer),
  role: z.enum(['reader', 'steward', 'administrator']),
  organisation: optionalText,
  name: optionalText,
  datasets: z.string().transform((text) => datasetList.parse(JSON.parse(text))),
  restricted: z.string().transform((text) => datasetList.parse(JSON.parse(text))),
  create_datasets: z.number(),
  created: z.string(),
  expires: optionalText,
  revoked: optionalText,
});

/**
 * The tokens, in a SQLite file of their own beside the journal: names behind tokens can be erased without touching
 * the log. Service and command line use it at the same time; every check reads the file, so a token that is revoked
 * is refused at once. Only a digest is kept. A token is 32 random bytes, so there is nothing to guess and a plain
 * SHA-256 does what a slow password hash does for passwords.
 */
export class TokenStore {
  readonly #db: Database.Database;
  readonly #now: () => Date;
  #given: Buffer | undefined;

  private constructor(db: Database.Database, now: () => Date) {
    this.#db = db;
    this.#now = now;
  }

  static open(path: string, now: () => Date = () => new Date()): TokenStore {
    return orStorageFault(() => {
      ownFile(path);
      const db = new Database(path, { timeout: 5000 });
      // No WAL: on a disk that takes no writes, the tokens must still be readable.
      db.exec(`CREATE TABLE IF NOT EXISTS token (
        id TEXT PRIMARY KEY, digest BLOB NOT NULL UNIQUE, role TEXT NOT NULL, organisation TEXT, name TEXT,
        datasets TEXT NOT NULL, restricted TEXT NOT NULL, create_datasets INTEGER NOT NULL,
        created TEXT NOT NULL, expires TEXT, revoked TEXT
      ) STRICT; PRAGMA secure_delete = ON`);
      return new TokenStore(db, now);
    });
  }

  /** Makes a token. It is in this answer and nowhere else. */
  create(grant: TokenGrant): { readonly token: string; readonly info: TokenInfo } {
    const now = this.#now();
    const info: TokenInfo = { ...completeGrant(grant, now), id: randomBytes(6).toString('hex'), created: now.toISOString() };
    const token = prefix + randomBytes(32).toString('base64url');
    orStorageFault(() =>
      this.#db
        .prepare('INSERT INTO token VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL)')
        .run(
          info.id,
          digestOf(token),
          info.role,
          info.organisation ?? null,
          info.name ?? null,
          JSON.stringify(info.datasets),
          JSON.stringify(info.restricted),
          info.createDatasets ? 1 : 0,
          info.created,
          info.expires ?? null,
        ),
    );
    return { token, info };
  }

  /** All tokens, oldest first, revoked ones included. */
  list(): readonly TokenInfo[] {
    return this.#db.prepare('SELECT * FROM token ORDER BY created, id').all().map((row) => read(row).info);
  }

  /** Ends a token. Fault not-found when there is none with this id. */
  revoke(id: string): void {
    this.#change('UPDATE token SET revoked = coalesce(revoked, ?) WHERE id = ?', this.#now().toISOString(), id);
  }

  /** Erases the name behind a token; the token and what it did stay. */
  forgetName(id: string): void {
    this.#change('UPDATE token SET name = NULL WHERE id = ?', id);
  }

  /** Gives the rights on datasets under a base the same under another (`regiograaf rebase`). */
  rebase(from: string, to: string): void {
    const moved = (datasets: TokenInfo['datasets']): string => JSON.stringify(datasets === '*' ? datasets : datasets.map((iri) => (iri.startsWith(from) ? to + iri.slice(from.length) : iri)));
    const update = this.#db.prepare('UPDATE token SET datasets = ?, restricted = ? WHERE id = ?');
    orStorageFault(() =>
      this.#db.transaction(() => {
        for (const { id, datasets, restricted } of this.list()) update.run(moved(datasets), moved(restricted), id);
      })(),
    );
  }

  /** Who comes with this token; undefined when it is unknown, revoked or over. */
  verify(token: string): Principal | undefined {
    const digest = digestOf(token);
    if (this.#given !== undefined && timingSafeEqual(this.#given, digest)) return { ...allRights, token: givenId };
    // The index may answer faster for some digests than for others; of a token that says nothing.
    const row = this.#db.prepare('SELECT * FROM token WHERE digest = ?').get(digest);
    if (row === undefined) return undefined;
    const { info, digest: stored } = read(row);
    return timingSafeEqual(stored, digest) && this.#isValid(info) ? principalOf(info) : undefined;
  }

  /**
   * Sees to it that somebody can administer: with the token `given` (ADMIN_TOKEN; valid as long as this process, not
   * stored), else with one that is there, else with a new one.
   * @returns the new token, to be shown once.
   */
  ensureAdministrator(given?: string): string | undefined {
    if (given !== undefined) {
      this.#given = digestOf(given);
      return undefined;
    }
    if (this.list().some((info) => info.role === 'administrator' && this.#isValid(info))) return undefined;
    return this.create({ role: 'administrator', datasets: '*', restricted: '*', createDatasets: true }).token;
  }

  close(): void {
    this.#db.close();
  }

  #isValid({ expires, revoked }: TokenInfo): boolean {
    return revoked === undefined && (expires === undefined || Date.parse(expires) > this.#now().getTime());
  }

  #change(statement: string, ...values: readonly string[]): void {
    const { changes } = orStorageFault(() => this.#db.prepare(statement).run(...values));
    if (changes > 0) return;
    throw new Fault('not-found', { nl: `Er is geen token met het kenmerk ${values.at(-1)}.`, en: `There is no token with the id ${values.at(-1)}.` });
  }
}

function digestOf(token: string): Buffer {
  return createHash('sha256').update(token, 'utf8').digest();
}

function read(row: unknown): { readonly info: TokenInfo; readonly digest: Buffer } {
  const { digest, create_datasets, organisation, name, expires, revoked, ...rest } = storedToken.parse(row);
  return {
    digest,
    info: {
      ...rest,
      createDatasets: create_datasets === 1,
      ...(organisation === undefined ? {} : { organisation }),
      ...(name === undefined ? {} : { name }),
      ...(expires === undefined ? {} : { expires }),
      ...(revoked === undefined ? {} : { revoked }),
    },
  };
}

/* Names of people stand in the file: only the account of the service may read it. */
function ownFile(path: string): void {
  try {
    closeSync(openSync(path, 'a', 0o600));
  } catch {
    // On a disk that takes no writes the file must be there already; opening it tells.
  }
}
