import type { Request, Response } from 'express';
import { anonymous, type Principal } from '../graph/principal.js';
import type { Visibility } from '../graph/dataset.js';
import type { Language } from '../pages/words.js';
import { type Fields, queryFields } from './form.js';

/** What the middleware found out about a request; handlers read it, they never parse headers for it again. */
export interface RequestInfo {
  readonly id: string;
  readonly started: bigint;
  /** Language of pages: Dutch unless chosen. */
  language: Language;
  /** `/en` when the language was chosen by the path. */
  prefix: '' | '/en';
  /** Path after normalising, without language prefix. */
  path: string;
  principal: Principal;
  /** An Authorization header was given: answers are private. */
  credentialed: boolean;
}

export function newInfo(id: string): RequestInfo {
  return { id, started: process.hrtime.bigint(), language: 'nl', prefix: '', path: '/', principal: anonymous, credentialed: false };
}

export function info(res: Response): RequestInfo {
  return res.locals['info'] as RequestInfo;
}

export function setInfo(res: Response, value: RequestInfo): void {
  res.locals['info'] = value;
}

export function visibility(res: Response): Visibility {
  return info(res).principal.visibility;
}

/** Query string fields of a request. */
export function fields(req: Request): Fields {
  return queryFields(req.url);
}
