import { Fault } from '../../faults.js';
import type { QueryAnswer, QueryDocument, QueryRequest } from '../api.js';
import type { Visibility } from '../dataset.js';
import { isTooLong } from './oxigraphModule.js';
import { BoundedQuery, outline, type ResultLimits } from './queryLimits.js';
import type { ReaderContext } from './readerContext.js';
import { spoolBytes } from './readerSpool.js';

export interface QueryJob {
  readonly request: QueryRequest;
  readonly visibility: Visibility;
  readonly limits?: ResultLimits;
}

const defaultLimits: ResultLimits = { rows: 1_000_000, bytes: 100 * 1024 ** 2 };
/** Bytes of an answer that travels inside the message; a longer one waits in a file for who reads it. */
const inMessage = 4 * 1024 ** 2;

/** Evaluates a query, on the commit the replica has. */
export function query({ request, visibility, limits = defaultLimits }: QueryJob, { engine, commit }: ReaderContext): QueryAnswer {
  const asked = outline(request.query);
  const prepared = engine.prepare(request, visibility);
  const scan = prepared.text === request.query ? asked : outline(prepared.text);
  const bounded = new BoundedQuery(prepared.text, scan, limits.rows);
  const sliceable = prepared.kind === 'solutions' || scan.construct !== undefined;
  try {
    const started = performance.now();
    const answer = engine.query(sliceable ? { ...prepared, text: bounded.text } : prepared);
    if (answer.body.length > limits.bytes) throw tooLong(limits);
    if (answer.kind === 'solutions' && bounded.overflows(answer.body, answer.mediaType)) throw tooManyRows(limits);
    const check = answer.kind === 'graph' ? bounded.check(performance.now() - started) : undefined;
    if (check !== undefined) {
      const more = engine.query({ ...prepared, text: check, kind: 'solutions', mediaType: 'text/tab-separated-values' });
      if (more.body.trimEnd().includes('\n')) throw tooManyRows(limits);
    }
    return { ...answer, commit };
  } catch (error) {
    if (isTooLong(error)) throw tooLong(limits);
    throw error;
  }
}

/** The same, as bytes that can be sent as they are. */
export function document(job: QueryJob, context: ReaderContext): QueryDocument {
  const { body, ...answer } = query(job, context);
  const { bytes: limit } = job.limits ?? defaultLimits;
  const bytes = new TextEncoder().encode(body);
  if (bytes.length > limit) throw tooLong(job.limits ?? defaultLimits);
  return bytes.length > inMessage ? { ...answer, path: spoolBytes(bytes, context.folder), size: bytes.length } : { ...answer, bytes };
}

function tooManyRows({ rows }: ResultLimits): Fault {
  return new Fault(
    'too-large',
    {
      nl: `Het antwoord heeft meer dan ${rows.toLocaleString('nl-BE')} rijen. Vraag het in delen met ORDER BY, LIMIT en OFFSET, of haal een hele dataset op via /datasets.`,
      en: `The answer has more than ${rows.toLocaleString('en')} rows. Ask for it in parts with ORDER BY, LIMIT and OFFSET, or fetch a whole dataset from /datasets.`,
    },
    { extra: { limitRows: rows } },
  );
}

function tooLong({ bytes }: ResultLimits): Fault {
  return new Fault(
    'too-large',
    {
      nl: `Het antwoord is langer dan ${bytes.toLocaleString('nl-BE')} bytes. Vraag het in delen met ORDER BY, LIMIT en OFFSET, of haal een hele dataset op via /datasets.`,
      en: `The answer is longer than ${bytes.toLocaleString('en')} bytes. Ask for it in parts with ORDER BY, LIMIT and OFFSET, or fetch a whole dataset from /datasets.`,
    },
    { extra: { limitBytes: bytes } },
  );
}
