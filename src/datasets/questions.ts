import { readdirSync, readFileSync } from 'node:fs';
import type { Text } from '../faults.js';
import { nearNames } from '../nearNames.js';
import { resource } from '../resources.js';

export type QuestionScope = 'documenten' | 'documenten en voorstellen';

/** A named query of `data/queries`. */
export interface Question {
  readonly name: string;
  readonly title: Text;
  readonly scope: QuestionScope;
  /** The SPARQL text without its heading; its relative IRIs are those of BASE_IRI. */
  readonly query: string;
  readonly group: Text;
}

const groups: Readonly<Record<string, Text>> = {
  cq: { nl: 'Kernvragen', en: 'Core questions' },
  av: { nl: 'Actoren en vertegenwoordiging', en: 'Actors and representation' },
  do: { nl: 'Doelstellingen en initiatieven', en: 'Objectives and initiatives' },
  su: { nl: 'Subsidies en oproepen', en: 'Subsidies and calls' },
  lb: { nl: 'Lokale besturen', en: 'Local governments' },
  bs: { nl: 'Bouwstenen', en: 'Building blocks' },
  vl: { nl: 'Vlaamse Open City Architectuur', en: 'Flemish Open City Architecture' },
  st: { nl: 'Standaarden', en: 'Standards' },
  ex: { nl: 'Wat andere bronnen zeggen', en: 'What other sources say' },
  br: { nl: 'Bronnen', en: 'Sources' },
};
const otherGroup: Text = { nl: 'Andere vragen', en: 'Other questions' };

function read(file: string): Question {
  const name = file.replace(/\.rq$/, '');
  const text = readFileSync(resource('data', 'queries', file), 'utf8');
  const header = Object.fromEntries([...text.matchAll(/^# (\w+): (.+)$/gmu)].map(([, key, value]) => [key, value?.trim()]));
  const { titel, title, bereik } = header;
  if (titel === undefined || title === undefined || (bereik !== 'documenten' && bereik !== 'documenten en voorstellen')) {
    throw new Error(`data/queries/${file}: the heading lacks titel, title or bereik`);
  }
  const query = text.replace(/^(?:# .*\r?\n)+/u, '').trimStart();
  return { name, title: { nl: titel, en: title }, scope: bereik, query, group: groups[/^[a-z]+/.exec(name)?.[0] ?? ''] ?? otherGroup };
}

let known: readonly Question[] | undefined;

/** The questions that come with the package, by name; the groups in the order of the table above. */
export function questions(): readonly Question[] {
  if (known) return known;
  const order = [...Object.values(groups), otherGroup];
  known = readdirSync(resource('data', 'queries'))
    .filter((file) => file.endsWith('.rq'))
    .map(read)
    .toSorted((a, b) => order.indexOf(a.group) - order.indexOf(b.group) || (a.name < b.name ? -1 : 1));
  return known;
}

/**
 * The question somebody means: its whole name, its number (`cq23`, `CQ-23`, `cq5`) or any beginning only one name
 * has. Otherwise the names that come near, best first.
 */
export function meantQuestion(text: string): Question | readonly string[] {
  const exact = findQuestion(text);
  if (exact) return exact;
  const plain = text.trim().toLowerCase().replace(/^([a-z]{2})[-_ ]?0*(\d+)(?=$|-)/, (_whole, group: string, number: string) => group + number.padStart(2, '0'));
  const numbered = questions().filter(({ name }) => name.startsWith(`${plain}-`));
  const begun = numbered.length > 0 ? numbered : questions().filter(({ name }) => name.startsWith(plain));
  const [only] = begun;
  if (plain !== '' && only && begun.length === 1) return only;
  if (plain !== '' && begun.length > 1) return begun.slice(0, 5).map(({ name }) => name);
  return nearNames(plain, questions().map(({ name }) => name));
}

export function findQuestion(name: string): Question | undefined {
  return questions().find((question) => question.name === name);
}

/** The query as it may be asked anywhere: with its base written out. */
export function questionText({ query }: Question, base: string): string {
  return `BASE <${base}>\n${query}`;
}

/** True when proposals join what the question reads. */
export function readsProposals({ scope }: Question): boolean {
  return scope === 'documenten en voorstellen';
}
