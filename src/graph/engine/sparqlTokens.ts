/** How many possibilities an error message lists before it stops being help. */
const shown = 8;

/** Names of the grammar's tokens (SPARQL 1.1 §19.8) as a writer of SPARQL knows them. */
const notation: Readonly<Record<string, string>> = {
  Var1: '?x',
  Var2: '?x',
  IriRef: '<…>',
  PNameLn: 'prefix:x',
  PNameNs: 'prefix:x',
  BlankNodeLabel: '_:x',
  Anon: '[]',
  Nil: '()',
  LangTag: '@nl',
  type: 'a',
  EOF: '…',
};

function notationOf(token: string): string {
  if (token in notation) return notation[token] ?? token;
  if (token.startsWith('StringLiteral')) return '"…"';
  if (/^(?:Integer|Decimal|Double)/u.test(token)) return '1';
  const name = token.replace(/^BuiltIn(?=[A-Z])/u, '');
  return /^[A-Z][A-Za-z_]+$/u.test(name) ? name.replaceAll(/(?<=[a-z])(?=[A-Z])/gu, ' ').toUpperCase() : name;
}

/* The notation of a term that was found: refused there by context, so it is no possibility. */
function notationOfFound(found: string): readonly string[] {
  if (/^[?$]/u.test(found)) return ['?x'];
  return /^(?:_:|\[)/u.test(found) ? ['_:x', '[]'] : [];
}

/** What the parser would have accepted instead of `found`, from its message: each once, at most `shown` of them. */
export function expectedTokens(message: string, found: string): string {
  const single = /Expecting(?: token of type)? --> (.+?) <--/su.exec(message)?.[1];
  if (single !== undefined) return notationOf(single);
  // Lines `  1. [A, B]` list sequences one by one; `<[A] ,[B]>` lists them in one line.
  const tokens = message.includes('<[')
    ? [...message.matchAll(/\[([^\]\s,]+|\[|\])[^\]]*\](?= ?[,>])/gu)]
    : [...message.matchAll(/^\s*\d+\. \[([^\]\s,]+|\[|\])/gmu)];
  const refused = notationOfFound(found);
  const names = [...new Set(tokens.map((match) => notationOf(match[1] ?? '')))].filter((name) => !refused.includes(name));
  return names.length > shown ? `${names.slice(0, shown).join(' ')} …` : names.join(' ');
}
