import { Command } from 'commander';
import { meantQuestion, questions, readsProposals } from '../../datasets/questions.js';
import { Fault } from '../../faults.js';
import { type Context, globalsOf, withClient } from '../context.js';
import { print } from '../io.js';
import { examples } from '../options.js';
import { resultTable } from '../resultTable.js';
import { table } from '../shown.js';

const forms: Readonly<Record<string, string>> = {
  table: 'application/sparql-results+json',
  json: 'application/sparql-results+json',
  xml: 'application/sparql-results+xml',
  csv: 'text/csv',
  tsv: 'text/tab-separated-values',
};

function unknownQuestion(name: string, near: readonly string[]): Fault {
  const hint = near.length === 0 ? { nl: '', en: '' } : { nl: ` Bedoelde u ${near.join(', ')}?`, en: ` Did you mean ${near.join(', ')}?` };
  return new Fault('not-found', { nl: `De vraag ${name} bestaat niet.${hint.nl} "regiograaf ask" toont ze allemaal.`, en: `There is no question ${name}.${hint.en} "regiograaf ask" lists them.` });
}

/** `regiograaf ask`: the named questions, listed or answered. */
export function askCommand(context: Context): Command {
  const { say, io, language } = context;
  return new Command('ask')
    .summary(say({ nl: 'een kant-en-klare vraag stellen', en: 'ask a named question' }))
    .description(say({ nl: 'Stelt een van de vragen die klaarstaan. Zonder naam: toont ze allemaal.', en: 'Asks one of the questions that are ready. Without a name: lists them.' }))
    .argument('[naam]', say({ nl: 'de naam van de vraag, of het begin ervan (cq23)', en: 'the name of the question, or its beginning (cq23)' }))
    .option('--format <format>', 'table, json, xml, csv, tsv')
    .addHelpText('after', examples(say, ['regiograaf ask', 'regiograaf ask cq01', 'regiograaf ask su01-subsidies --format csv --url https://regiograaf.example/']))
    .action(async (name: string | undefined, { format }: { readonly format?: string }, command: Command) => {
      const json = globalsOf(command, context).json === true;
      if (format !== undefined && !Object.hasOwn(forms, format)) {
        command.error(say({ nl: `Het formaat ${format} kan niet. Kies uit ${Object.keys(forms).join(', ')}.`, en: `Format ${format} is not possible. Choose from ${Object.keys(forms).join(', ')}.` }));
      }
      if (name === undefined) {
        const list = questions().map((question) => ({ naam: question.name, titel: question.title[language], bereik: question.scope }));
        await print(io.stdout, json || format === 'json' ? `${JSON.stringify(list, null, 2)}\n` : table(list.map(({ naam, titel }) => [naam, titel])));
        return;
      }
      const question = meantQuestion(name);
      if (!('query' in question)) throw unknownQuestion(name, question);
      await withClient(command, context, { mustExist: true }, async (client) => {
        const asked = format ?? (json ? 'json' : 'table');
        // Relative IRIs are resolved where the graph is, so the text goes as it stands.
        const answer = await client.query(question.query, { results: forms[asked] ?? '', graph: 'text/turtle', withProposals: readsProposals(question) });
        const shown = asked === 'table' ? resultTable(answer.body) : answer.body;
        await print(io.stdout, shown.endsWith('\n') ? shown : `${shown}\n`);
        return undefined;
      });
    });
}
