import type { Request, Response } from 'express';
import { Fault } from '../../faults.js';
import { cacheControl } from '../../publication/ldes/hypermedia.js';
import { choose } from '../accept.js';
import { info } from '../context.js';
import type { Deps } from '../deps.js';
import { alreadyHas, formatTag } from '../etag.js';
import { notAcceptable } from '../formats.js';
import { originOf } from './origin.js';
import { aliases, offers } from './pages.js';

/** `/ldes/lid/{commit}/{id}`: a member of a stream by its own address, as version object. */
export async function sendMember(deps: Deps, req: Request, res: Response): Promise<void> {
  const [commit, id] = [String(req.params['commit']), String(req.params['id'])];
  if (!/^[1-9]\d{0,11}$/.test(commit) || !/^[0-9a-f]{20}$/.test(id)) throw unknown();
  const chosen = choose(req.get('accept'), [...offers.versies, ...aliases]);
  if (!chosen) throw notAcceptable(offers.versies);
  const origin = originOf(req, deps.graph.base);
  const found = await deps.streams.member(Number(commit), id, chosen.format, origin);
  if (found === undefined || found === 'future') throw unknown();
  if (found === 'gone') throw gone(deps);
  const tag = { state: found.sequence, representation: `${chosen.name}.lid${origin === deps.graph.base ? '' : '.o'}` };
  res.setHeader('ETag', formatTag(tag));
  // It never changes, but may have to be erased.
  res.setHeader('Cache-Control', cacheControl(false, info(res).credentialed ? 'private' : 'public'));
  res.setHeader('Vary', 'Accept, Accept-Encoding');
  if (alreadyHas(req.get('if-none-match'), tag)) {
    res.status(304).end();
    return;
  }
  res.setHeader('Content-Type', chosen.contentType);
  res.end(found.text);
}

function unknown(): Fault {
  return new Fault('not-found', {
    nl: 'Dit adres is van geen lid van een stream. Op /ldes staan alle streams.',
    en: 'This is the address of no member of a stream. All streams are listed at /ldes.',
  });
}

function gone({ graph }: Deps): Fault {
  return new Fault(
    'gone',
    {
      nl: 'Dit lid is er niet meer: wat het zei is gewist of niet meer openbaar, of het was er nooit. De nieuwste versie van elke entiteit staat in de streams, zie /ldes.',
      en: 'This member is gone: what it said was erased or is no longer public, or it never was. The newest version of each entity is in the streams, see /ldes.',
    },
    { extra: { begin: `${graph.base}ldes` } },
  );
}
