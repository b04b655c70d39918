import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { DatasetCount } from '../../graph/changeset.js';
import type { StagedDocument } from '../../graph/api.js';

/** A file that was checked and waits to be published. */
export interface Draft {
  readonly id: string;
  readonly fileName: string;
  readonly dataset: string;
  readonly mode: 'add' | 'replace';
  readonly document: StagedDocument;
  /** Last commit of the dataset when the change was shown: what is published is what was read. */
  seen: number;
}

/** What became of a draft, for who presses the button again. */
export interface Published {
  readonly commit: number;
  readonly counts: ReadonlyMap<string, DatasetCount>;
  readonly slug?: string;
}

export interface Session {
  readonly id: string;
  /** Kept to ask for the rights again with each request: a token that is withdrawn ends the session. */
  readonly token: string;
  /** Must come back with every form (protection against cross-site request forgery). */
  readonly secret: string;
  readonly expires: number;
  readonly drafts: Map<string, Draft>;
  readonly published: Map<string, Published>;
}

const lifetime = 8 * 60 * 60 * 1000;
const maxSessions = 1000;
const maxDrafts = 5;

function random(): string {
  return randomBytes(24).toString('base64url');
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

/** Compares without telling by its time how much was right. */
export function sameSecret(a: string, b: string): boolean {
  return timingSafeEqual(digest(a), digest(b));
}

/** Signed-in people, in memory only: a restart signs everybody out. */
export class Sessions {
  readonly #sessions = new Map<string, Session>();
  readonly #drop: (draft: Draft) => void;
  readonly #now: () => number;

  /** `drop` is told of every draft that goes away unpublished. */
  constructor(drop: (draft: Draft) => void, now: () => number = Date.now) {
    this.#drop = drop;
    this.#now = now;
  }

  open(token: string): Session {
    this.#sweep();
    const session: Session = { id: random(), token, secret: random(), expires: this.#now() + lifetime, drafts: new Map(), published: new Map() };
    this.#sessions.set(session.id, session);
    return session;
  }

  find(id: string | undefined): Session | undefined {
    const session = id === undefined ? undefined : this.#sessions.get(id);
    if (session && session.expires <= this.#now()) {
      this.close(session);
      return undefined;
    }
    return session;
  }

  close(session: Session): void {
    this.#sessions.delete(session.id);
    for (const draft of session.drafts.values()) this.#drop(draft);
    session.drafts.clear();
  }

  keep(session: Session, draft: Omit<Draft, 'id' | 'seen'>): Draft {
    const kept = { ...draft, id: random(), seen: 0 };
    session.drafts.set(kept.id, kept);
    const [oldest] = session.drafts.values();
    if (session.drafts.size > maxDrafts && oldest) this.discard(session, oldest.id);
    return kept;
  }

  discard(session: Session, id: string): void {
    const draft = session.drafts.get(id);
    if (!draft) return;
    session.drafts.delete(id);
    this.#drop(draft);
  }

  /** The draft became a version (or changed nothing). */
  publish(session: Session, id: string, published: Published): void {
    this.discard(session, id);
    session.published.set(id, published);
    const [oldest] = session.published.keys();
    if (session.published.size > maxDrafts && oldest !== undefined) session.published.delete(oldest);
  }

  #sweep(): void {
    for (const session of this.#sessions.values()) if (session.expires <= this.#now()) this.close(session);
    const [oldest] = this.#sessions.values();
    if (this.#sessions.size >= maxSessions && oldest) this.close(oldest);
  }
}
