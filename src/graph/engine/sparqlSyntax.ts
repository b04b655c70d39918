import { Parser } from '@traqula/parser-sparql-1-1';
import { Fault, type Place, type Text } from '../../faults.js';
import { isSlip } from '../../nearNames.js';
import { prefixes } from '../../rdf/prefixes.js';
import { expectedTokens } from './sparqlTokens.js';

/** The syntax tree of a SPARQL 1.1 text, as the parser gives it. */
export type SparqlAst = ReturnType<Parser['parse']>;
export type QueryAst = Extract<SparqlAst, { readonly type: 'query' }>;
/** An IRI as a text names it: in full, or with a prefix. */
export type ClauseIri = QueryAst['datasets']['clauses'][number]['value'];
export type UpdateAst = Extract<SparqlAst, { readonly type: 'update' }>;

/** Where and why the grammar stopped; `offset` is in the text the parser saw. */
class SyntaxStop extends Error {
  readonly offset: number | undefined;
  readonly found: string;
  readonly expected: string;

  constructor(offset: number | undefined, found: string, expected: string) {
    super(`found ${found}`);
    this.offset = offset;
    this.found = found;
    this.expected = expected;
  }
}

/* Building the parser takes a tenth of a second, and it keeps no state between texts. */
let shared: Parser | undefined;

function parser(): Parser {
  return (shared ??= new Parser(parserOptions));
}

interface GrammarError {
  readonly message: string;
  readonly token: { readonly image: string; readonly startOffset: number };
}

/* The parser hands `errorHandler` on to its builder; its published type leaves it out. */
const parserOptions = {
  lexerConfig: {},
  errorHandler([first]: readonly GrammarError[]): never {
    const { message = '', token } = first ?? {};
    const offset = token?.startOffset;
    const found = token?.image ?? '';
    throw new SyntaxStop(Number.isFinite(offset) ? offset : undefined, found, expectedTokens(message, found));
  },
};

/**
 * Parses a SPARQL 1.1 query or update.
 * @throws Fault query-syntax with line and column, what stands there and what could have stood there.
 */
function parseSparql(text: string): SparqlAst {
  try {
    return parser().parse(text);
  } catch (error) {
    throw syntaxFault(text, error);
  }
}

/** The query in a text; Fault query-syntax when it is an update. */
export function parseQueryText(text: string): QueryAst {
  const ast = parseSparql(text);
  if (ast.type === 'query') return ast;
  throw new Fault('query-syntax', {
    nl: 'Dit is geen vraag maar een wijziging (of leeg). Stuur een wijziging naar /sparql/update (of met "regiograaf update").',
    en: 'This is not a query but an update (or empty). Send updates to /sparql/update (or with "regiograaf update").',
  });
}

/** The update in a text; Fault query-syntax when it is a query. */
export function parseUpdateText(text: string): UpdateAst {
  const ast = parseSparql(text);
  if (ast.type === 'update') return ast;
  throw new Fault('query-syntax', {
    nl: 'Dit is geen wijziging maar een vraag. Stuur een vraag naar /sparql (of met "regiograaf query").',
    en: 'This is not an update but a query. Send queries to /sparql (or with "regiograaf query").',
  });
}

/** Every node of a syntax tree, in no particular order. */
export function* nodesOf(tree: object): Generator<object> {
  const waiting: unknown[] = [tree];
  while (waiting.length > 0) {
    const node = waiting.pop();
    if (typeof node !== 'object' || node === null) continue;
    yield node;
    for (const [key, value] of Object.entries(node)) if (key !== 'loc') waiting.push(value);
  }
}

/** A column counts UTF-16 units, as editors do. */
function placeAt(text: string, offset: number): { readonly line: number; readonly column: number } {
  const before = text.slice(0, offset).split(/\r\n|\r|\n/u);
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

function syntaxFault(text: string, error: unknown): Fault {
  if (error instanceof SyntaxStop) {
    const { offset = text.trimEnd().length, found, expected } = error;
    return positioned(text, offset, found, expected, error);
  }
  if (error instanceof RangeError) {
    return new Fault('query-syntax', { nl: 'De tekst is te diep genest om te lezen.', en: 'The text is nested too deeply to read.' }, { cause: error });
  }
  const message = error instanceof Error ? error.message : String(error);
  const character = /^unexpected character: .* at offset: (\d+)/su.exec(message)?.[1];
  if (character !== undefined) {
    const offset = Number(character);
    return positioned(text, offset, /^\S{1,40}/u.exec(text.slice(offset))?.[0] ?? '', '', error);
  }
  const prefix = /^Unknown prefix: (.*)$/su.exec(message)?.[1];
  if (prefix !== undefined) return unknownPrefix(text, prefix, error);
  return new Fault('query-syntax', explain(message), { cause: error });
}

function positioned(text: string, offset: number, found: string, expected: string, cause: unknown): Fault {
  const place: Place = { ...placeAt(text, offset), ...(expected === '' ? {} : { expected }) };
  const shown = found.length > 60 ? `${found.slice(0, 60)}…` : found;
  const nl = shown === '' ? 'houdt de tekst op' : `staat ${shown}`;
  const en = shown === '' ? 'the text ends' : `there is ${shown}`;
  const advice = adviceOn(found, expected);
  return new Fault(
    'query-syntax',
    {
      nl: `Op regel ${place.line}, kolom ${place.column} ${nl}, maar dat kan daar niet.${advice.nl}${expected === '' ? '' : ` Wel mogelijk: ${expected}`}`,
      en: `At line ${place.line}, column ${place.column} ${en}, which is not possible there.${advice.en}${expected === '' ? '' : ` Possible: ${expected}`}`,
    },
    { place, extra: { found }, cause },
  );
}

/** Words of the language that are long enough to be misspelt. */
const keywords = ['SELECT', 'CONSTRUCT', 'DESCRIBE', 'DISTINCT', 'REDUCED', 'WHERE', 'PREFIX', 'BASE', 'FROM', 'NAMED', 'OPTIONAL', 'FILTER', 'UNION', 'MINUS', 'GRAPH', 'SERVICE', 'VALUES', 'BIND', 'EXISTS', 'GROUP', 'HAVING', 'ORDER', 'LIMIT', 'OFFSET', 'INSERT', 'DELETE', 'DATA', 'WITH', 'USING', 'CLEAR', 'DROP', 'CREATE', 'LOAD', 'COPY', 'MOVE'];

/* The two terms the grammar knows but refuses by context: DELETE has no blank nodes, DATA no variables (§19.6). */
function adviceOn(found: string, expected: string): Text {
  const [keyword] = expected === '' ? keywords.filter((word) => isSlip(/^[A-Za-z]*/u.exec(found)?.[0] ?? '', word)) : [];
  if (keyword !== undefined) return { nl: ` Bedoelde u ${keyword}?`, en: ` Did you mean ${keyword}?` };
  if (/^(?:_:|\[)/u.test(found)) return { nl: ' Naamloze knopen kunnen niet overal: gebruik in DELETE een variabele.', en: ' Blank nodes are not allowed everywhere: use a variable in DELETE.' };
  if (/^[?$]/u.test(found)) return { nl: ' Variabelen kunnen niet in INSERT DATA en DELETE DATA: gebruik INSERT … WHERE of DELETE … WHERE.', en: ' Variables are not allowed in INSERT DATA and DELETE DATA: use INSERT … WHERE or DELETE … WHERE.' };
  return { nl: '', en: '' };
}

function unknownPrefix(text: string, prefix: string, cause: unknown): Fault {
  const use = useOf(text, `${prefix}:`);
  const known = Object.entries(prefixes).find(([name]) => name === prefix)?.[1];
  const line = `PREFIX ${prefix}: <${known ?? '…'}>`;
  return new Fault(
    'query-syntax',
    {
      nl: `Het voorvoegsel ${prefix}: is niet verklaard. Zet bovenaan ${line}`,
      en: `The prefix ${prefix}: is not declared. Put at the top ${line}`,
    },
    { ...(use === undefined ? {} : { place: placeAt(text, use) }), cause },
  );
}

/** Where a prefix is used for the first time: not within a word, nor in an IRI. */
function useOf(text: string, prefix: string): number | undefined {
  for (let at = text.indexOf(prefix); at >= 0; at = text.indexOf(prefix, at + 1)) if (!/[\w:<-]/u.test(text.charAt(at - 1))) return at;
  return undefined;
}

/** The rules beside the grammar (SPARQL 1.1 §19.6–19.8), in the parser's words -> ours; `$1` is what matched. */
const rules: readonly (readonly [RegExp, string, string])[] = [
  [/^Variable used to bind is already bound \((.*)\)/u, 'BIND geeft een waarde aan $1, maar die variabele heeft er al een. Kies een andere naam.', 'BIND assigns to $1, which already has a value. Choose another name.'],
  [/^Variable (.*) used more than once in SELECT/u, 'De variabele ?$1 staat twee keer in SELECT.', 'The variable ?$1 stands in SELECT twice.'],
  [/^Target id of 'AS' \((.*)\) already used/u, 'De naam $1 na AS is al gebruikt in een deelvraag. Kies een andere naam.', 'The name $1 after AS is already used in a subquery. Choose another name.'],
  [/^Detected reuse blank node across different INSERT DATA/u, 'Dezelfde naamloze knoop (_:naam) staat in twee INSERT DATA-bewerkingen. Geef de tweede een andere naam.', 'The same blank node label stands in two INSERT DATA operations. Give the second another label.'],
  [/^Detected reuse of blank node across two different basic graph patterns \((.*)\)/u, 'De naamloze knoop $1 staat in twee verschillende patronen. Gebruik een variabele.', 'The blank node $1 stands in two different patterns. Use a variable.'],
  [/^Blank nodes are not allowed/u, 'Naamloze knopen ([] of _:naam) mogen hier niet staan. Gebruik een variabele.', 'Blank nodes ([] or _:label) are not allowed here. Use a variable.'],
  [/^Use of ungrouped variable in projection of operation \((.*)\)/u, 'De variabele $1 staat in SELECT maar niet in GROUP BY.', 'The variable $1 stands in SELECT but not in GROUP BY.'],
  [/^Variable not allowed in projection/u, 'SELECT noemt een variabele die niet in GROUP BY staat.', 'SELECT names a variable that is not in GROUP BY.'],
  [/^GROUP BY not allowed with wildcard/u, 'SELECT * kan niet samen met GROUP BY. Noem de variabelen.', 'SELECT * cannot go with GROUP BY. Name the variables.'],
  [/^Aggregates are only allowed/u, 'COUNT, SUM en andere samenvattingen mogen alleen in SELECT, HAVING en ORDER BY.', 'Aggregates are allowed in SELECT, HAVING and ORDER BY only.'],
  [/^An aggregate function is not allowed within/u, 'Een samenvatting (COUNT, SUM, …) kan niet binnen een andere staan.', 'An aggregate cannot stand inside another one.'],
  [/^Number of dataBlockValues/u, 'Een rij van VALUES heeft niet evenveel waarden als er variabelen zijn.', 'A row of VALUES does not have as many values as there are variables.'],
];

function explain(message: string): Text {
  for (const [pattern, nl, en] of rules) {
    const value = pattern.exec(message);
    if (value) return { nl: nl.replace('$1', () => value[1] ?? ''), en: en.replace('$1', () => value[1] ?? '') };
  }
  return { nl: 'De tekst volgt de regels van SPARQL niet.', en: `The text does not follow the rules of SPARQL: ${message}` };
}
