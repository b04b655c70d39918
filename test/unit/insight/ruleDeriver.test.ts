import assert from 'node:assert/strict';
import fc from 'fast-check';
import { derivedDataset } from '../../../src/graph/catalogue.js';
import { applyTo, diff } from '../../../src/graph/changes/algebra.js';
import type { Change, QuadLine } from '../../../src/graph/changeset.js';
import type { DatasetSettings, SourceStatus } from '../../../src/graph/dataset.js';
import { OxigraphReplica } from '../../../src/graph/engine/oxigraphReplica.js';
import { tmpdir } from 'node:os';
import { prefixes } from '../../../src/rdf/prefixes.js';
import { resource } from '../../../src/resources.js';
import { BadRule, readRule } from '../../../src/insight/rules/rule.js';
import { RuleDeriver } from '../../../src/insight/rules/ruleDeriver.js';
import { readRules } from '../../../src/insight/rules/rules.js';

const base = 'https://regiograaf.example/';
const rules = readRules(resource('vocab', 'rules'), base);
const derived = derivedDataset(base);
const { dct, org, rdf, rg, schema, skos } = prefixes;
const concept = 'https://w3id.org/regiograaf/id/concept/';

const statuses: Readonly<Record<string, SourceStatus>> = { vast: 'aangenomen', register: 'extern', plan: 'voorgesteld', redactie: 'afgeleid' };
const settings: readonly DatasetSettings[] = [
  ...Object.entries(statuses).map(([slug, status]) => ({ iri: `${base}id/dataset/${slug}`, status, mode: 'off' as const, visibility: 'public' as const })),
  { iri: `${base}id/dataset/geheim`, status: 'aangenomen', mode: 'off', visibility: 'restricted' },
  { iri: derived, status: 'afgeleid', mode: 'report', visibility: 'public' },
];
const writable = settings.map(({ iri }) => iri).filter((iri) => iri !== derived);

const node = fc.integer({ min: 0, max: 4 }).map((number) => `<${base}id/x/${number}>`);
const link = fc.constantFrom(`${org}organization`, `${org}member`, `${dct}isPartOf`, `${dct}requires`, `${org}subOrganizationOf`, `${org}unitOf`, `${skos}broader`,
  `${org}originalOrganization`, `${org}resultingOrganization`, `${dct}isReplacedBy`, `${rg}opgevolgdDoor`, `${schema}itemReviewed`, `${schema}about`);
const triple = fc.oneof(
  fc.tuple(node, link, node),
  fc.tuple(node, fc.constant(`${rdf}type`), fc.constantFrom(`<${rg}Initiatief>`, `<${rg}Vindplaats>`, `<${org}Organization>`)),
  fc.tuple(node, fc.constantFrom(`${skos}prefLabel`, `${skos}altLabel`), fc.constantFrom('"een"@nl', '"twee"@nl', '"one"@en')),
  fc.tuple(node, fc.constant(`${schema}reviewBody`), fc.constantFrom(`<${concept}beoordeling/aanwezig>`, `<${concept}beoordeling/afwezig>`)),
  fc.tuple(node, fc.constant(`${skos}inScheme`), fc.constant(`<${base}id/schema/smart-city-criteria>`)),
);
const quad = fc.tuple(triple, fc.constantFrom(...writable)).map(([[s, p, o], graph]): QuadLine => `${s} <${p}> ${o} <${graph}> .`);

function engineOf(lines: Iterable<QuadLine>, datasets: readonly DatasetSettings[] = settings): OxigraphReplica {
  const engine = new OxigraphReplica({ base });
  engine.setDatasets(datasets);
  engine.load([...lines]);
  return engine;
}

/** The engine after a change and what follows from it, as the writer makes it. */
function commit(engine: OxigraphReplica, deriver: RuleDeriver, state: Set<QuadLine>, after: ReadonlySet<QuadLine>, before = engine.datasets): void {
  using changes = diff([...state].filter((line) => !line.endsWith(`<${derived}> .`)), after, { folder: tmpdir() });
  engine.apply(changes.changes());
  applyTo(state, changes);
  const follows: Change[] = [];
  deriver.derive({ engine, changes, before, everything: false }, (change) => follows.push(change));
  engine.apply(follows);
  applyTo(state, { changes: () => follows });
}

/** What a full run on the asserted quads alone derives. */
function expected(asserted: Iterable<QuadLine>, datasets: readonly DatasetSettings[] = settings): QuadLine[] {
  // Without any inference in the state there is nothing a rule could read by mistake.
  const lines = [...asserted].filter((line) => !line.endsWith(`dataset/redactie> .`));
  const found: QuadLine[] = [];
  using changes = diff([], [], { folder: tmpdir() });
  new RuleDeriver(rules, base).derive({ engine: engineOf(lines, datasets), changes, before: datasets, everything: true }, ({ line }) => found.push(line));
  return found.toSorted();
}

const derivedIn = (state: Iterable<QuadLine>): QuadLine[] => [...state].filter((line) => line.endsWith(`<${derived}> .`)).toSorted();

describe('the derived dataset', () => {
  for (const many of [0, 2, 2000]) {
    it(`is what a full run of the rules gives, after any commits (${many} looked up one by one)`, () => {
      const deriver = new RuleDeriver(rules, base, { many });
      fc.assert(
        fc.property(fc.array(fc.array(quad, { maxLength: 25 }), { minLength: 1, maxLength: 6 }), (states) => {
          const state = new Set<QuadLine>();
          const engine = engineOf([]);
          for (const lines of states) {
            commit(engine, deriver, state, new Set(lines));
            assert.deepEqual(derivedIn(state), expected(lines));
            assert.deepEqual([...engine.lines(derived)].flat().toSorted(), derivedIn(state));
          }
        }),
        { numRuns: many === 2000 ? 30 : 10 },
      );
    });
  }

  it('follows small changes in a larger graph', () => {
    const deriver = new RuleDeriver(rules, base);
    fc.assert(
      fc.property(fc.array(quad, { minLength: 40, maxLength: 80 }), fc.array(quad, { minLength: 1, maxLength: 3 }), (lines, toggled) => {
        const engine = engineOf([]);
        const state = new Set<QuadLine>();
        commit(engine, deriver, state, new Set(lines));
        const next = new Set(lines);
        for (const line of toggled) if (!next.delete(line)) next.add(line);
        commit(engine, deriver, state, next);
        assert.deepEqual(derivedIn(state), expected(next));
      }),
      { numRuns: 30 },
    );
  });

  it('follows a dataset that becomes a proposal, and one that is adopted', () => {
    const deriver = new RuleDeriver(rules, base);
    const quads = [`<${base}id/x/1> <${org}subOrganizationOf> <${base}id/x/2> <${base}id/dataset/plan> .`, `<${base}id/x/2> <${org}subOrganizationOf> <${base}id/x/3> <${base}id/dataset/vast> .`];
    const engine = engineOf([]);
    const state = new Set<QuadLine>();
    commit(engine, deriver, state, new Set(quads));
    assert.equal(derivedIn(state).length, 2);
    const swapped = settings.map((item) => ({ ...item, status: item.iri.endsWith('plan') ? ('aangenomen' as const) : item.iri.endsWith('vast') ? ('voorgesteld' as const) : item.status }));
    engine.setDatasets(swapped);
    commit(engine, deriver, state, new Set(quads), settings);
    assert.deepEqual(derivedIn(state), expected(quads, swapped));
  });
});

const heading = '# titel: t\n# title: t\n# uitleg: u\n';
const ruleWith = (triggers: string): string => `${heading}# triggers: ${triggers}\nPREFIX org: <${org}>\nCONSTRUCT { $this <p:p> ?o } WHERE { $this org:unitOf ?o . ?o a org:Organization }`;
const refused = (text: string, reason: RegExp): void => void assert.throws(() => readRule('proef', text, base), (error) => error instanceof BadRule && error.message.startsWith('vocab/rules/proef.rq: ') && reason.test(error.message));

describe('a rule', () => {
  it('is refused with its file and reason when it is written wrong', () => {
    refused('CONSTRUCT { $this <p:p> ?o } WHERE { $this <p:q> ?o }', /heading/u);
    refused(`${heading}# triggers: full\nCONSTRUCT { $this <p:p> ?o } WHERE { $this <p:q> }`, /./u);
    refused(`${heading}# triggers: full\nSELECT * WHERE { $this <p:q> ?o }`, /CONSTRUCT/u);
    refused(`${heading}# triggers: full\nCONSTRUCT { $this ?p ?o } WHERE { $this ?p ?o }`, /fixed predicate/u);
    refused(`${heading}# triggers: full\nCONSTRUCT { ?s <p:p> ?o } WHERE { $this <p:q> ?o , ?s }`, /about \$this/u);
    refused(`${heading}# triggers: full\nCONSTRUCT { $this <p:p> ?o } WHERE { GRAPH ?g { $this <p:q> ?o } }`, /GRAPH/u);
  });

  it('is refused when it reads what its triggers do not name', () => {
    refused(ruleWith('org:unitOf'), /Organization>, which the triggers do not name/u);
    refused(ruleWith('org:unitOf nergens:bekend'), /prefix of nergens:bekend/u);
    assert.equal(readRule('proef', ruleWith('org:unitOf org:Organization'), base).triggers?.size, 2);
    assert.equal(readRule('proef', ruleWith('full'), base).triggers, undefined);
  });
});
