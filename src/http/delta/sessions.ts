import { randomBytes } from 'node:crypto';
import type { Request, Response } from 'express';
import { Fault } from '../../faults.js';
import type { DeltaStream } from '../../publication/delta/streams.js';
import { info } from '../context.js';
import type { Deps } from '../deps.js';
import { cookie, setCookie } from '../load/cookies.js';

const cookieName = 'sync';
const lifetime = 24 * 60 * 60_000;
const most = 10_000;

interface Session {
  readonly stream: string;
  /** Checked at each use: a token that is withdrawn ends its sessions. */
  readonly token: string;
  readonly until: number;
}

/** Sessions of consumers of closed streams. They are forgotten at a restart: a consumer then logs in again by itself. */
export class SyncSessions {
  readonly #deps: Deps;
  readonly #sessions = new Map<string, Session>();

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  /** `POST /sync/{stream}/login`: a token of ours in the header `key`. Answers the id of the session. */
  async login(req: Request, res: Response, stream: DeltaStream): Promise<string> {
    const token = req.get('key');
    if (token === undefined || token === '') {
      throw new Fault('bad-request', { nl: 'Geef uw token in de header "key".', en: 'Give your token in the header "key".' });
    }
    if (!(await this.#deps.verifyToken(token))) {
      throw new Fault('forbidden', { nl: 'Dit token is niet (meer) geldig. Vraag de beheerder om een nieuw.', en: 'This token is not or no longer valid. Ask the administrator for a new one.' });
    }
    const id = randomBytes(24).toString('hex');
    this.#sessions.set(id, { stream: stream.name, token, until: Date.now() + lifetime });
    for (const [old, { until }] of this.#sessions) if (this.#sessions.size > most || until < Date.now()) this.#sessions.delete(old);
    setCookie(res, cookieName, id, { path: `${this.#deps.basePath}/`, secure: req.secure, maxAge: lifetime / 1000 });
    return id;
  }

  /** Whether the caller may read a stream: everybody, or who has a session of it or a token of ours. */
  async mayRead(req: Request, res: Response, { closed, name }: DeltaStream): Promise<boolean> {
    if (!closed || info(res).credentialed) return true;
    const session = this.#sessions.get(cookie(req, cookieName) ?? '');
    return session !== undefined && session.stream === name && session.until > Date.now() && (await this.#deps.verifyToken(session.token)) !== undefined;
  }

  /** Consumers log in again on 400, and on nothing else. */
  async admit(req: Request, res: Response, stream: DeltaStream): Promise<void> {
    if (await this.mayRead(req, res, stream)) return;
    const login = `${this.#deps.graph.base}sync/${stream.name}/login`;
    throw new Fault(
      'bad-request',
      {
        nl: `Deze stroom vraagt een sessie. Meld u (opnieuw) aan met POST ${login} en uw token in de header "key".`,
        en: `This stream needs a session. Sign in (again) with POST ${login} and your token in the header "key".`,
      },
      { extra: { links: { login } } },
    );
  }
}
