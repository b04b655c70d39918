import type { Text } from '../faults.js';
import { sh } from '../rdf/prefixes.js';
import { parseTermText } from '../rdf/terms.js';
import type { TermText } from '../rdf/termText.js';
import { localName } from './texts.js';

/** What a message can speak about; every text is meant for people. */
export interface MessageInput {
  /** Name of the field, quoted in messages; absent for a whole description. */
  readonly field?: Text;
  readonly value?: string;
  readonly parameters: Readonly<Record<string, string>>;
  /** The validator's own remark: the language used twice. */
  readonly remark?: string;
}

type Write = (input: MessageInput) => Text;

function about({ field }: MessageInput): Text {
  return field ? { nl: `“${field.nl}”`, en: `“${field.en}”` } : { nl: 'Dit gegeven', en: 'This item' };
}

/** A sentence about the field, with the value found. */
function says(nl: (parameter: MessageInput['parameters']) => string, en: (parameter: MessageInput['parameters']) => string): Write {
  return (input) => {
    const { nl: field, en: label } = about(input);
    const found = input.value;
    return {
      nl: `${field} ${nl(input.parameters)}${found === undefined ? '' : `; gevonden: ${found}`}.`,
      en: `${label} ${en(input.parameters)}${found === undefined ? '' : `; found: ${found}`}.`,
    };
  };
}

const kinds: Readonly<Record<string, Text>> = {
  IRI: { nl: 'een verwijzing met een webadres', en: 'a link with a web address' },
  BlankNode: { nl: 'een ingebed gegeven zonder eigen webadres', en: 'a nested item without a web address' },
  Literal: { nl: 'een gewone waarde (tekst, getal, datum), geen verwijzing', en: 'a plain value (text, number, date), not a link' },
  BlankNodeOrIRI: { nl: 'een verwijzing of een ingebed gegeven, geen gewone waarde', en: 'a link or a nested item, not a plain value' },
  BlankNodeOrLiteral: { nl: 'een gewone waarde of een ingebed gegeven, geen webadres', en: 'a plain value or a nested item, not a web address' },
  IRIOrLiteral: { nl: 'een webadres of een gewone waarde', en: 'a web address or a plain value' },
};

const datatypes: Readonly<Record<string, Text>> = {
  string: { nl: 'een tekst zonder taal', en: 'a text without language' },
  langString: { nl: 'een tekst met een taal (bv. nl)', en: 'a text with a language (e.g. nl)' },
  integer: { nl: 'een geheel getal', en: 'a whole number' },
  decimal: { nl: 'een decimaal getal', en: 'a decimal number' },
  double: { nl: 'een getal', en: 'a number' },
  boolean: { nl: 'ja of nee (true of false)', en: 'true or false' },
  date: { nl: 'een datum (jjjj-mm-dd)', en: 'a date (yyyy-mm-dd)' },
  dateTime: { nl: 'een datum met tijd (jjjj-mm-ddTuu:mm:ss)', en: 'a date with time (yyyy-mm-ddThh:mm:ss)' },
  gYear: { nl: 'een jaartal', en: 'a year' },
  gYearMonth: { nl: 'een maand (jjjj-mm)', en: 'a month (yyyy-mm)' },
  anyURI: { nl: 'een webadres als tekst', en: 'a web address as text' },
  wktLiteral: { nl: 'een ligging (WKT)', en: 'a geometry (WKT)' },
};

function times(count: string | undefined): Text {
  return count === '1' ? { nl: '1 keer', en: 'once' } : { nl: `${count} keer`, en: `${count} times` };
}

const writers: Readonly<Record<string, Write>> = {
  MinCount: (input) => {
    const { nl, en } = about(input);
    const { minCount } = input.parameters;
    return minCount === '1'
      ? { nl: `${nl} ontbreekt: vul dit in.`, en: `${en} is missing: fill it in.` }
      : { nl: `${nl} moet minstens ${times(minCount).nl} ingevuld zijn.`, en: `${en} must be given at least ${times(minCount).en}.` };
  },
  MaxCount: says(({ maxCount }) => `mag hoogstens ${times(maxCount).nl} ingevuld zijn`, ({ maxCount }) => `may be given at most ${times(maxCount).en}`),
  Class: says((p) => `moet verwijzen naar iets van de soort ${p['class']}`, (p) => `must refer to something of type ${p['class']}`),
  Datatype: says((p) => `moet ${datatypes[p['datatype'] ?? '']?.nl ?? `een waarde van het type ${p['datatype']}`} zijn`, (p) => `must be ${datatypes[p['datatype'] ?? '']?.en ?? `a value of type ${p['datatype']}`}`),
  NodeKind: says((p) => `moet ${kinds[p['nodeKind'] ?? '']?.nl ?? p['nodeKind']} zijn`, (p) => `must be ${kinds[p['nodeKind'] ?? '']?.en ?? p['nodeKind']}`),
  MinExclusive: says((p) => `moet meer zijn dan ${p['minExclusive']}`, (p) => `must be more than ${p['minExclusive']}`),
  MinInclusive: says((p) => `moet minstens ${p['minInclusive']} zijn`, (p) => `must be at least ${p['minInclusive']}`),
  MaxExclusive: says((p) => `moet minder zijn dan ${p['maxExclusive']}`, (p) => `must be less than ${p['maxExclusive']}`),
  MaxInclusive: says((p) => `mag hoogstens ${p['maxInclusive']} zijn`, (p) => `must be at most ${p['maxInclusive']}`),
  MinLength: says((p) => `moet minstens ${p['minLength']} tekens lang zijn`, (p) => `must have at least ${p['minLength']} characters`),
  MaxLength: says((p) => `mag hoogstens ${p['maxLength']} tekens lang zijn`, (p) => `must have at most ${p['maxLength']} characters`),
  Pattern: says((p) => `heeft niet de verwachte vorm (patroon ${p['pattern']})`, (p) => `does not have the expected form (pattern ${p['pattern']})`),
  LanguageIn: says((p) => `moet in een van deze talen staan: ${p['languageIn']}`, (p) => `must be in one of these languages: ${p['languageIn']}`),
  UniqueLang: (input) => {
    const { nl, en } = about(input);
    return { nl: `${nl} heeft meer dan één tekst in de taal ${input.remark ?? ''}; behoud er één.`, en: `${en} has more than one text in language ${input.remark ?? ''}; keep one.` };
  },
  Equals: says((p) => `moet dezelfde waarden hebben als “${p['equals']}”`, (p) => `must have the same values as “${p['equals']}”`),
  Disjoint: says((p) => `mag geen waarde delen met “${p['disjoint']}”`, (p) => `must share no value with “${p['disjoint']}”`),
  LessThan: says((p) => `moet kleiner (vroeger) zijn dan “${p['lessThan']}”`, (p) => `must be less (earlier) than “${p['lessThan']}”`),
  LessThanOrEquals: says((p) => `mag niet groter (later) zijn dan “${p['lessThanOrEquals']}”`, (p) => `must not be greater (later) than “${p['lessThanOrEquals']}”`),
  Not: says(() => 'voldoet aan een regel waaraan het niet mag voldoen', () => 'meets a rule that it must not meet'),
  And: says(() => 'voldoet niet aan alle regels die samen gelden', () => 'does not meet all rules that apply together'),
  Or: says(() => 'voldoet aan geen enkele van de toegelaten mogelijkheden', () => 'meets none of the allowed alternatives'),
  Xone: says(() => 'moet aan precies één van de mogelijkheden voldoen', () => 'must meet exactly one of the alternatives'),
  Node: says((p) => `voldoet niet aan de regels voor ${p['node']}`, (p) => `does not meet the rules for ${p['node']}`),
  QualifiedMinCount: says((p) => `heeft minder dan ${p['qualifiedMinCount']} waarde(n) die aan de bijzondere regel voldoen`, (p) => `has fewer than ${p['qualifiedMinCount']} value(s) that meet the special rule`),
  QualifiedMaxCount: says((p) => `heeft meer dan ${p['qualifiedMaxCount']} waarde(n) die aan de bijzondere regel voldoen`, (p) => `has more than ${p['qualifiedMaxCount']} value(s) that meet the special rule`),
  Closed: says(() => 'is hier geen toegelaten veld: verwijder het', () => 'is not an allowed field here: remove it'),
  HasValue: (input) => {
    const { nl, en } = about(input);
    const wanted = input.parameters['hasValue'];
    return { nl: `${nl} moet de waarde ${wanted} hebben.`, en: `${en} must have the value ${wanted}.` };
  },
  In: says((p) => `is geen van de toegelaten waarden (${p['in']})`, (p) => `is not one of the allowed values (${p['in']})`),
  SPARQL: says(() => 'voldoet niet aan de regel', () => 'does not meet the rule'),
};

/** Our own message for a failed constraint, when the shape has none. */
export function defaultMessage(component: string, input: MessageInput): Text {
  const write = writers[component.replace(sh(''), '').replace('ConstraintComponent', '')] ?? writers['SPARQL'];
  return write ? write(input) : { nl: 'Voldoet niet aan de regel.', en: 'Does not meet the rule.' };
}

/** A term as a person would say it: the text of a literal, the last part of an address. */
export function spoken(term: TermText): string {
  const parsed = parseTermText(term);
  if (parsed.termType !== 'Literal') return parsed.termType === 'BlankNode' ? '(…)' : localName(parsed.value);
  const text = parsed.value.length > 120 ? `${parsed.value.slice(0, 120)}…` : parsed.value;
  return parsed.language ? `${text} (${parsed.language})` : text;
}

/** Fills `{$name}` and `{?name}` in a message of a shape (SHACL §5.2.1). */
export function fill(template: string, values: (name: string) => string | undefined): string {
  return template.replaceAll(/\{[$?]([A-Za-z_][\w-]*)\}/g, (whole, name: string) => values(name) ?? whole);
}
