import type { Quad, Term } from '@rdfjs/types';
import { Names } from '../pages/labels.js';
import { rdf, rg, sh } from '../rdf/prefixes.js';
import type { Severity } from '../graph/validation/report.js';
import type { Remark, Reported } from './documents.js';
import type { Language } from './io.js';

const severities: readonly Severity[] = ['Violation', 'Warning', 'Info'];
const words: Readonly<Record<Severity, Remark['ernst']>> = { Violation: 'fout', Warning: 'waarschuwing', Info: 'opmerking' };

/** A validation report that came as RDF (SHACL §3.6) as the document commands show. */
export function reportFromQuads(quads: readonly Quad[], language: Language): Reported {
  const results = quads.filter(({ predicate, object }) => predicate.value === rdf('type') && object.value === sh('ValidationResult'));
  /* For a service that sends no names: fields then have the names of our glossary. */
  const names = new Names(new Map(), new Map(), language);
  const aantallen = { Violation: 0, Warning: 0, Info: 0 };
  const rapport = results.map(({ subject }) => {
    const own = quads.filter((quad) => quad.subject.equals(subject));
    const all = (predicate: string): readonly Term[] => own.filter((quad) => quad.predicate.value === predicate).map(({ object }) => object);
    const severity = severities.find((name) => all(sh('resultSeverity'))[0]?.value === sh(name)) ?? 'Info';
    aantallen[severity] += 1;
    return remarkOf(severity, all, names);
  });
  return { rapport: rapport.toSorted((a, b) => (a.regel ?? 0) - (b.regel ?? 0)), aantallen };
}

function remarkOf(severity: Severity, all: (predicate: string) => readonly Term[], names: Names): Remark {
  const one = (predicate: string): Term | undefined => all(predicate)[0];
  const messages = all(sh('resultMessage'));
  const message = messages.find((term) => term.termType === 'Literal' && term.language === names.language) ?? messages[0];
  const path = one(sh('resultPath'));
  const value = one(sh('value'));
  const line = one(rg('regelnummer'));
  const name = one(rg('naamOnderwerp'))?.value;
  const field = one(rg('naamVeld'))?.value;
  const dataset = one(rg('dataset'));
  return {
    ernst: words[severity],
    onderwerp: one(sh('focusNode'))?.value ?? '',
    ...(name === undefined ? {} : { naam: name }),
    ...(path?.termType === 'NamedNode' ? { veld: field ?? names.of(path.value), pad: path.value } : field === undefined ? {} : { veld: field }),
    ...(value === undefined ? {} : { waarde: value.value }),
    melding: message?.value ?? one(sh('sourceConstraintComponent'))?.value ?? '',
    ...(line === undefined ? {} : { regel: Number(line.value) }),
    oorzaak: one(rg('herkomst'))?.value === rg('reedsAanwezig') ? 'was-al-zo' : 'deze-wijziging',
    ...(dataset === undefined ? {} : { dataset: dataset.value }),
  };
}
