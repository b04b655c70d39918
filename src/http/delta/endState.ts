import { readFile, stat } from 'node:fs/promises';
import type { Request, Response } from 'express';
import { Fault } from '../../faults.js';
import { testStream } from '../../publication/delta/streams.js';
import { joinLine, splitLine } from '../../rdf/nquads.js';
import { prefixes } from '../../rdf/prefixes.js';
import type { Deps } from '../deps.js';
import { noStore, sendJson, sendText } from '../send.js';
import { withStagedBody } from '../writing.js';
import { notYet, streamNamed } from './streamAccess.js';

/** Bytes of an export that are compared; the end of the test stream is a tenth of that. */
const most = 1_000_000;
/** Statements shown of each kind. */
const shown = 20;

const geometry = /^"([^"]*)"\^\^<(?:http:\/\/www\.openlinksw\.com\/schemas\/virtrdf#Geometry|http:\/\/www\.opengis\.net\/ont\/geosparql#wktLiteral)>$/u;

/** The same value written in one way: Virtuoso keeps geometries as its own, in single precision. */
function sameValue(line: string): string {
  const { subject, predicate, object } = splitLine(line);
  const [, wkt] = geometry.exec(object) ?? [];
  const plain = wkt?.replace(/-?\d+(?:\.\d+)?/gu, (number) => String(Math.fround(Number(number)))).replace(/\s*([(,)])\s*/gu, '$1');
  return joinLine(subject, predicate, plain === undefined ? object : `"${plain}"^^<${prefixes.geo}wktLiteral>`);
}

/** `GET /sync/proef/eindtoestand`: what a consumer of the test stream must end with. */
export function sendEndState(deps: Deps, req: Request, res: Response): void {
  const { name } = streamNamed(deps, String(req.params['stream']));
  const end = deps.delta.source.testEnd();
  if (!end) throw notYet();
  if (name !== testStream) {
    res.setHeader('Location', `${deps.basePath}/sync/${testStream}/eindtoestand`);
    res.status(303).end();
    return;
  }
  res.setHeader('Repr-Digest', `sha-256=:${Buffer.from(end.sha256, 'hex').toString('base64')}:`);
  sendText(res, 'application/n-triples', end.text);
}

/** `POST /sync/proef/eindtoestand`: compares what a consumer has with what it must have; nothing is kept. */
export async function compareEndState(deps: Deps, req: Request, res: Response): Promise<void> {
  const { name } = streamNamed(deps, String(req.params['stream']));
  if (name !== testStream) {
    throw new Fault('not-found', { nl: `Alleen de stroom ${testStream} heeft een gekend einde.`, en: `Only the stream ${testStream} has a known end.` });
  }
  const end = deps.delta.source.testEnd();
  if (!end) throw notYet();
  await withStagedBody(
    deps,
    req,
    undefined,
    async ({ path }) => {
      if ((await stat(path)).size > most) {
        throw new Fault('too-large', { nl: 'Dit is veel meer dan de proefstroom. Exporteer alleen de graaf van de proefstroom.', en: 'This is much more than the test stream. Export the graph of the test stream only.' });
      }
      const rows = (await readFile(path, 'utf8')).split('\n').filter((row) => row !== '');
      const found = new Set(rows.map((row) => sameValue(row.slice(row.indexOf('\t') + 1))));
      const expected = new Set(end.text.trim().split('\n').map(sameValue));
      const missing = [...expected].filter((line) => !found.has(line));
      const extra = [...found].filter((line) => !expected.has(line));
      noStore(res);
      sendJson(res, {
        gelijk: missing.length + extra.length === 0,
        verwacht: expected.size,
        gekregen: found.size,
        ontbreekt: { aantal: missing.length, uitspraken: missing.slice(0, shown) },
        teveel: { aantal: extra.length, uitspraken: extra.slice(0, shown) },
      });
    },
    { anonymous: true },
  );
}
