import { createHash } from 'node:crypto';
import type Database from 'better-sqlite3';
import { prefixes } from '../../rdf/prefixes.js';
import { literal, namedNode, termText } from '../../rdf/terms.js';
import { joinLine } from '../../rdf/nquads.js';
import type { EntityVersion } from '../versions/contract.js';
import { DeltaWriter } from './deltaWriter.js';
import type { StreamRow } from './rows.js';
import { makeDump } from './streamDump.js';
import { testStream, type DeltaStream } from './streams.js';

/** The statements a consumer of the test stream must end with, one N-Triples line each, sorted. */
export interface TestEnd {
  readonly text: string;
  readonly count: number;
  /** SHA-256 of the text. */
  readonly sha256: string;
}

const scope = 'proef';
const stream: DeltaStream = { name: testStream, title: { nl: 'Proefstroom', en: 'Test stream' }, scope, closed: false };
/** When its dump was released; a change comes every second after that. */
const epoch = Date.UTC(2026, 0, 1);
const setting = 'test-end';

const text = (value: string, language?: string): string => termText(literal(value, language));
const typed = (value: string, datatype: string): string => termText(literal(value, namedNode(datatype)));

interface Step {
  readonly entity: string;
  readonly lines: readonly string[];
}

/** A small world in which everything happens that consumers are known to stumble over. */
function steps(base: string): { readonly before: readonly Step[]; readonly after: readonly Step[] } {
  const thing = (name: string): string => `${base}id/proef/${name}`;
  const node = `<${base}.well-known/genid/proef-adres>`;
  const say = (name: string, ...pairs: readonly (readonly [string, string])[]): Step => ({
    entity: thing(name),
    lines: pairs.map(([predicate, object]) => joinLine(`<${thing(name)}>`, `<${predicate}>`, object)),
  });
  const gone = (name: string): Step => ({ entity: thing(name), lines: [] });
  const { dct, xsd, geo, rdf } = prefixes;
  const named = (name: string, title: string): Step => say(name, [`${rdf}type`, `<${base}id/proef/Ding>`], [`${dct}title`, text(title, 'nl')], [`${dct}identifier`, text(name)]);
  const withPart = (step: Step, street: string): Step => ({
    ...step,
    lines: [...step.lines, joinLine(`<${step.entity}>`, `<${prefixes.locn}address>`, node), joinLine(node, `<${prefixes.locn}thoroughfare>`, text(street, 'nl'))],
  });
  return {
    // 26 things of four statements and a node of two: after the texts with a language, a number a consumer may lose the end of.
    before: [...Array.from({ length: 26 }, (_, index) => named(`ding-${index + 1}`, `Ding ${index + 1} — één`)), withPart(named('zetel', 'Zetel'), 'Kerkstraat')],
    after: [
      named('nieuw', 'Een nieuw ding'),
      named('ding-1', 'Ding 1 heeft een andere naam'),
      gone('ding-2'),
      withPart(named('zetel', 'Zetel'), 'Nieuwstraat'),
      say('waarden', [`${dct}title`, text('Aanhalingstekens "zo", een \\ en een\nnieuwe regel', 'nl')], [`${dct}title`, text('Quotes “like this”', 'en')], [`${dct}extent`, typed('5', `${xsd}integer`)], [`${dct}issued`, typed('2026-01-01', `${xsd}date`)]),
      say('plaats', [`${geo}asWKT`, typed('<http://www.opengis.net/def/crs/OGC/1.3/CRS84> POINT(3.7 51.05)', `${geo}wktLiteral`)]),
      say('veel', ...Array.from({ length: 1250 }, (_, index): readonly [string, string] => [`${dct}relation`, `<${thing(`deel-${index}`)}>`])),
      named('ding-3', 'Ding 3, tussendoor'),
      named('ding-3', 'Ding 3 — één'),
      gone('nieuw'),
      named('nieuw', 'Een nieuw ding, opnieuw'),
      say('veel', [`${dct}relation`, `<${thing('deel-0')}>`]),
      say('lang', [`${dct}description`, text('Een lange tekst. '.repeat(4000))]),
    ],
  };
}

function version({ entity, lines }: Step, sequence: number): EntityVersion {
  return { sequence, commit: sequence, time: new Date(epoch + sequence).toISOString(), lastOfCommit: true, scope, entity, collections: [], kind: lines.length === 0 ? 'delete' : 'update', lines };
}

/** Makes the test stream where it is not there yet: the same files, ids and moments on every installation of a base. */
export function makeTestStream(db: Database.Database, options: { readonly folder: string; readonly base: string }): void {
  if (db.prepare('SELECT 1 FROM setting WHERE key = ?').get(setting)) return;
  const half = db.prepare<[string], StreamRow>('SELECT * FROM stream WHERE name = ?').get(testStream);
  const clock = { now: epoch };
  const writer = new DeltaWriter(db, { base: options.base, streams: [stream], isMember: () => true, now: () => clock.now });
  if (half) {
    // A stop came between: it begins anew.
    writer.forget(half);
    db.prepare('UPDATE stream SET last = 0 WHERE name = ?').run(testStream);
    db.prepare('DELETE FROM gone WHERE stream = ?').run(testStream);
  }
  const { before, after } = steps(options.base);
  const versions: EntityVersion[] = [];
  const publish = (step: Step): void => {
    versions.push(version(step, versions.length + 1));
    while (writer.advance({ after: (_filter, sequence, limit) => versions.filter((one) => one.sequence > sequence).slice(0, limit) }));
  };
  for (const step of before) publish(step);
  makeDump(db, writer, writer.row(testStream), options);
  for (const step of after) {
    clock.now += 1000;
    publish(step);
  }
  const lines = [...writer.state.statements(writer.row(testStream).id)].toSorted();
  const content = lines.map((line) => `${line}\n`).join('');
  const end: TestEnd = { text: content, count: lines.length, sha256: createHash('sha256').update(content).digest('hex') };
  db.prepare('INSERT INTO setting (key, value) VALUES (?, ?)').run(setting, JSON.stringify(end));
}

/** Where the test stream ends; undefined until it is made. */
export function testEnd(db: Database.Database): TestEnd | undefined {
  const value = db.prepare<[string], string>('SELECT value FROM setting WHERE key = ?').pluck().get(setting);
  return value === undefined ? undefined : (JSON.parse(value) as TestEnd);
}
