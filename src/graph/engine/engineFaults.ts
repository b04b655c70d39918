import { Fault } from '../../faults.js';

/** What the engine refuses after the parser let it pass, in its words -> ours; `$1` is what matched. */
const reasons: readonly (readonly [RegExp, string, string])[] = [
  [/contains a variable that is unbound/u, 'SELECT noemt een variabele die niet in GROUP BY staat. Zet ze erbij, of vat ze samen met bijvoorbeeld SAMPLE.', 'SELECT names a variable that is not in GROUP BY. Add it there, or aggregate it with SAMPLE, for example.'],
  [/Duplicated variable name in SELECT/u, 'SELECT noemt een variabele twee keer.', 'SELECT names a variable twice.'],
  [/The custom function <(.*)> is not supported/u, 'De functie <$1> bestaat hier niet.', 'There is no function <$1> here.'],
  [/already (?:been )?(?:used|bound|declared)/u, 'Een variabele krijgt twee keer een waarde. Kies een andere naam.', 'A variable is assigned twice. Choose another name.'],
];

/** A query that cannot be evaluated, in words of ours where we know them. */
export function refusedByEngine(error: Error): Fault {
  for (const [pattern, nl, en] of reasons) {
    const found = pattern.exec(error.message);
    if (found) return new Fault('query-syntax', { nl: nl.replace('$1', () => found[1] ?? ''), en: en.replace('$1', () => found[1] ?? '') }, { cause: error });
  }
  return new Fault('query-syntax', { nl: 'De vraag kan niet worden uitgevoerd.', en: `The query cannot be evaluated: ${error.message}` }, { cause: error });
}

/** For who asked what the engine broke on; it is replaced by a fresh one. */
export function engineFailed(cause: unknown): Fault {
  return new Fault(
    'engine-failed',
    {
      nl: 'De vraagmotor is hierop vastgelopen en wordt vervangen. Er is niets gewijzigd. Schrijf de vraag anders, en meld ze aan de beheerder.',
      en: 'The query engine failed on this and is being replaced. Nothing was changed. Write the query in another way, and report it to the administrator.',
    },
    { cause },
  );
}

/** For who asked for what does not fit in memory, other than by a query. */
export function outOfMemory(): Fault {
  return new Fault('memory-limit', {
    nl: 'Dit had meer geheugen nodig dan er is. Er is niets gewijzigd. Doe het in delen, of met een smaller patroon.',
    en: 'This needed more memory than there is. Nothing was changed. Do it in parts, or with a narrower pattern.',
  });
}

/** For who asked for what is nested too deeply to follow. */
export function tooDeep(): Fault {
  return new Fault('operation-refused', {
    nl: 'Dit is te diep genest of te lang om uit te voeren. Maak het eenvoudiger, of gebruik VALUES voor lange lijsten.',
    en: 'This is nested too deeply or too long to be evaluated. Make it simpler, or use VALUES for long lists.',
  });
}
