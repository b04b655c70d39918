import type { Request, Response } from 'express';
import { setTimeout as sleep } from 'node:timers/promises';
import { Fault } from '../../faults.js';
import type { StreamRow } from '../../publication/delta/rows.js';
import { testStream, type DeltaStream } from '../../publication/delta/streams.js';
import type { Deps } from '../deps.js';
import type { SyncSessions } from './sessions.js';

const patience = 5000;
/** Milliseconds; proxies close what is silent for a minute. */
const dumpPatience = 50_000;
const look = 25;

const testStreamInfo: DeltaStream = { name: testStream, title: { nl: 'Proefstroom met een gekend einde', en: 'Test stream with a known end' }, scope: '', closed: false };

/** The streams of this installation, the test stream last. */
export function allStreams(deps: Deps): readonly DeltaStream[] {
  return [...deps.delta.streams, testStreamInfo];
}

export function streamNamed(deps: Deps, name: string): DeltaStream {
  const streams = allStreams(deps);
  const stream = streams.find((one) => one.name === name);
  if (stream) return stream;
  const possible = streams.map((one) => one.name).join(', ');
  throw new Fault('not-found', { nl: `Er is geen stroom "${name}". Kies uit ${possible}.`, en: `There is no stream "${name}". Choose from ${possible}.` }, { extra: { links: { streams: `${deps.graph.base}sync` } } });
}

/** A commit that takes something away from the public takes it away from files too, before any of them is given out. */
export async function untilClean(publication: { readonly isClean: boolean }): Promise<void> {
  for (const begun = Date.now(); !publication.isClean; await sleep(look)) if (Date.now() - begun > patience) throw notYet();
}

export function afterClosings({ delta }: Deps): Promise<void> {
  return untilClean(delta);
}

/**
 * Waits for the first dump of a stream: a consumer that is told there is none (the service has just begun, or the
 * stream began anew) gives up until somebody starts it again. Fault `busy` when it takes longer than connections last.
 */
export async function firstDump({ delta }: Deps, { name }: DeltaStream, res: Response): Promise<void> {
  for (const begun = Date.now(); !res.destroyed; await sleep(look)) {
    const row = delta.source.stream(name);
    if (row && delta.source.dumps(row).length > 0) return;
    if (Date.now() - begun > dumpPatience) throw notYet();
  }
}

/** The stored stream; fault `busy` while it is being made. */
export function storedStream({ delta }: Deps, { name }: DeltaStream): StreamRow {
  const row = delta.source.stream(name);
  if (!row) throw notYet();
  return row;
}

export function notYet(): Fault {
  return new Fault('busy', { nl: 'Deze stroom wordt nog gemaakt. Probeer het over enkele seconden opnieuw.', en: 'This stream is still being made. Try again in a few seconds.' }, { retryAfter: 2 });
}

/** Where a consumer finds the newest dump of a stream. */
export function dumpLinks({ graph }: Deps, { name }: DeltaStream): Readonly<Record<string, string>> {
  const { base } = graph;
  return { dump: `${base}datasets?filter[subject]=${base}sync/${name}&filter[:has-no:next-version]=yes`, stream: `${base}sync/${name}` };
}

/** Something of a stream that the caller may read: fault 400 without a session, 410 when it is gone, 404 when it never was. */
export async function streamOf(deps: Deps, sessions: SyncSessions, req: Request, res: Response, found: { readonly stream: number } | undefined, id: string): Promise<DeltaStream> {
  const { source } = deps.delta;
  const name = found ? source.streamById(found.stream)?.name : source.gone(id);
  const stream = allStreams(deps).find((one) => one.name === name);
  if (!stream) throw new Fault('not-found', { nl: `Er is geen bestand of dataset ${id}.`, en: `There is no file or dataset ${id}.` });
  await sessions.admit(req, res, stream);
  if (found) return stream;
  throw new Fault(
    'gone',
    {
      nl: 'Dit bestand is weggehaald: de stroom is opnieuw begonnen, of er is een nieuwere dump. Begin opnieuw van de laatste dump.',
      en: 'This file was taken away: the stream began anew, or there is a newer dump. Start again from the latest dump.',
    },
    { extra: { links: dumpLinks(deps, stream) } },
  );
}
