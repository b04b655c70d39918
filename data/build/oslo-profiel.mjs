// Writes shapes/profiles/oslo from the cardinalities that the published OSLO shapes state.
//   node data/build/oslo-profiel.mjs FOLDER   (a folder with the published shapes, one Turtle file per profile)
// The published files cannot be used as they are: they test literals with sh:class. What they state (class, property,
// name, number of values, kind of value) is written anew, with severities that never block.
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Parser, Store } from 'n3';

const profiles = {
  persoon: { file: 'oslo-persoon-basis.ttl', nl: 'OSLO Persoon', en: 'OSLO Person' },
  organisatie: { file: 'oslo-organisatie-basis.ttl', nl: 'OSLO Organisatie', en: 'OSLO Organisation' },
  generiek: { file: 'oslo-generiek-basis.ttl', nl: 'OSLO Generiek', en: 'OSLO Generic' },
  adresregister: { file: 'oslo-adresregister.ttl', nl: 'OSLO Adresregister', en: 'OSLO Address register' },
  dossier: { file: 'oslo-dossier-SHACL.ttl', nl: 'OSLO Dossier', en: 'OSLO Case file' },
  subsidie: { file: 'oslo-Subsidie-SHACL.ttl', nl: 'OSLO Subsidie', en: 'OSLO Subsidy' },
  'dcat-ap-vl': { file: 'oslo-DCAT-AP-VL-2019-06-13-SHACL.ttl', nl: 'DCAT-AP Vlaanderen', en: 'DCAT-AP Flanders' },
};
const sh = (name) => `http://www.w3.org/ns/shacl#${name}`;
const xsd = 'http://www.w3.org/2001/XMLSchema#';
const literalTypes = new Set(['http://www.w3.org/1999/02/22-rdf-syntax-ns#langString', 'http://www.w3.org/2000/01/rdf-schema#Literal']);
const isIri = (text) => /^https?:\/\/[^\s<>"{}|\\^`]+$/u.test(text);
const folder = process.argv[2];
const out = join(dirname(fileURLToPath(import.meta.url)), '..', '..', 'shapes', 'profiles', 'oslo');

for (const [slug, { file, nl, en }] of Object.entries(profiles)) {
  const store = new Store(new Parser().parse(readFileSync(join(folder, file), 'utf8')));
  const one = (subject, name) => store.getObjects(subject, sh(name), null)[0];
  const facts = new Map();
  for (const quad of store.getQuads(null, sh('targetClass'), null, null)) {
    if (!isIri(quad.object.value)) continue;
    for (const property of store.getObjects(quad.subject, sh('property'), null)) {
      const path = one(property, 'path');
      if (path?.termType !== 'NamedNode' || !isIri(path.value)) continue;
      const range = one(property, 'class')?.value ?? one(property, 'datatype')?.value;
      const key = `${quad.object.value} ${path.value}`;
      const number = (name) => Number(one(property, name)?.value ?? Number.NaN);
      const before = facts.get(key);
      // The same property of a class twice, with two ranges: what both allow.
      facts.set(key, {
        target: quad.object.value, path: path.value, name: one(property, 'name')?.value ?? path.value.split(/[#/]/u).at(-1),
        min: Math.min(number('minCount') || 0, before?.min ?? Infinity),
        max: before === undefined ? number('maxCount') : Math.max(before.max, number('maxCount')),
        kind: before !== undefined && before.range !== range ? undefined : range === undefined ? undefined : range.startsWith(xsd) || literalTypes.has(range) ? 'Literal' : 'BlankNodeOrIRI',
        range,
      });
    }
  }
  const byClass = Map.groupBy ? Map.groupBy(facts.values(), ({ target }) => target) : [...facts.values()].reduce((map, fact) => map.set(fact.target, [...(map.get(fact.target) ?? []), fact]), new Map());
  const shapes = [...byClass].toSorted(([a], [b]) => (a < b ? -1 : 1)).flatMap(([target, list], index) => {
    const parts = list.toSorted((a, b) => (a.path < b.path ? -1 : 1)).flatMap(({ path, name, min, max, kind }) => {
      const tests = [min > 0 ? `sh:minCount ${min}` : '', Number.isFinite(max) ? `sh:maxCount ${max}` : '', kind ? `sh:nodeKind sh:${kind}` : ''].filter(Boolean);
      return tests.length === 0 ? [] : [`  sh:property [ sh:path <${path}> ; sh:name ${JSON.stringify(name)}@nl ; ${tests.join(' ; ')} ; sh:severity sh:Warning ]`];
    });
    return parts.length === 0 ? [] : [`<https://w3id.org/regiograaf/shapes/oslo/${slug}#${index + 1}> a sh:NodeShape ;\n  sh:targetClass <${target}> ;\n${parts.join(' ;\n')} .\n`];
  });
  writeFileSync(join(out, `${slug}.ttl`), `# ${nl} (${en}): cardinalities as published. Written by data/build/oslo-profiel.mjs.\n@prefix sh: <http://www.w3.org/ns/shacl#> .\n\n${shapes.join('\n')}`);
}
