import { createHmac, randomBytes } from 'node:crypto';
import type { Request, Response } from 'express';
import type { Principal } from '../../graph/principal.js';
import { Fault } from '../../faults.js';
import { setInfo, info } from '../context.js';
import type { Deps } from '../deps.js';
import { cookie, setCookie } from './cookies.js';
import { sameSecret, type Session, type Sessions } from './sessions.js';

const sessionCookie = 'regiograaf-sessie';
const visitCookie = 'regiograaf-bezoek';

/** Who works on the load pages, and the guard on their forms. */
export class LoadAccess {
  readonly #deps: Deps;
  readonly sessions: Sessions;
  /* Binds the secret of the sign-in form to a cookie, before there is a session. */
  readonly #key = randomBytes(32);

  constructor(deps: Deps, sessions: Sessions) {
    this.#deps = deps;
    this.sessions = sessions;
  }

  #cookieOptions(maxAge: number): { readonly path: string; readonly secure: boolean; readonly maxAge: number } {
    return { path: this.#deps.basePath === '' ? '/' : this.#deps.basePath, secure: this.#deps.graph.base.startsWith('https:'), maxAge };
  }

  /** The session of a request and the rights its token has now; undefined when signed out. */
  async current(req: Request, res: Response): Promise<{ readonly session: Session; readonly principal: Principal } | undefined> {
    const session = this.sessions.find(cookie(req, sessionCookie));
    if (!session) return undefined;
    const principal = await this.#deps.verifyToken(session.token);
    if (!principal) {
      this.signOut(res, session);
      return undefined;
    }
    setInfo(res, { ...info(res), principal, credentialed: true });
    return { session, principal };
  }

  signIn(res: Response, token: string): Session {
    const session = this.sessions.open(token);
    setCookie(res, sessionCookie, session.id, this.#cookieOptions(8 * 60 * 60));
    setCookie(res, visitCookie, undefined, this.#cookieOptions(0));
    return session;
  }

  signOut(res: Response, session: Session): void {
    this.sessions.close(session);
    setCookie(res, sessionCookie, undefined, this.#cookieOptions(0));
  }

  /** The secret of the sign-in form. */
  visitSecret(req: Request, res: Response): string {
    let visit = cookie(req, visitCookie);
    if (visit === undefined || !/^[\w-]{16,64}$/.test(visit)) {
      visit = randomBytes(16).toString('base64url');
      setCookie(res, visitCookie, visit, this.#cookieOptions(60 * 60));
    }
    return this.#sign(visit);
  }

  checkVisit(req: Request, given: string | undefined): void {
    const visit = cookie(req, visitCookie);
    if (visit === undefined || given === undefined || !sameSecret(this.#sign(visit), given)) throw forged();
  }

  #sign(visit: string): string {
    return createHmac('sha256', this.#key).update(visit).digest('base64url');
  }
}

export function checkSecret(session: Session, given: string | undefined): void {
  if (given === undefined || !sameSecret(session.secret, given)) throw forged();
}

function forged(): Fault {
  return new Fault('forbidden', {
    nl: 'Dit formulier is verlopen of komt niet van deze site. Open de pagina opnieuw.',
    en: 'This form has expired or does not come from this site. Open the page again.',
  });
}
