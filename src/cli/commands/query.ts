import { Command } from 'commander';
import { type Context, withClient } from '../context.js';
import { print } from '../io.js';
import { examples, textGiven } from '../options.js';
import { resultTable } from '../resultTable.js';
import { formatNamed } from '../upload.js';

interface Options {
  readonly file?: string;
  readonly format?: string;
  readonly proposals?: boolean;
  readonly at?: string;
}

const resultForms: Readonly<Record<string, string>> = {
  json: 'application/sparql-results+json',
  xml: 'application/sparql-results+xml',
  csv: 'text/csv',
  tsv: 'text/tab-separated-values',
};

/** `regiograaf query`: a table on a terminal, TSV and Turtle otherwise. */
export function queryCommand(context: Context): Command {
  const { say, io } = context;
  return new Command('query')
    .summary(say({ nl: 'een SPARQL-vraag stellen', en: 'ask a SPARQL query' }))
    .description(say({ nl: 'Stelt een SPARQL-vraag (SELECT, ASK, CONSTRUCT of DESCRIBE): als tekst, uit een bestand of van de standaardinvoer.', en: 'Asks a SPARQL query (SELECT, ASK, CONSTRUCT or DESCRIBE): as text, from a file or from standard input.' }))
    .argument('[sparql]', say({ nl: 'de vraag', en: 'the query' }))
    .option('--file <file>', say({ nl: 'lees de vraag uit een bestand', en: 'read the query from a file' }))
    .option('--format <format>', say({ nl: 'table, json, xml, csv, tsv; voor CONSTRUCT ttl, trig, nt, nq, jsonld, rdf', en: 'table, json, xml, csv, tsv; for CONSTRUCT ttl, trig, nt, nq, jsonld, rdf' }))
    .option('--proposals', say({ nl: 'neem ook voorgestelde datasets mee', en: 'include proposed datasets' }))
    .option('--at <moment>', say({ nl: 'zoals het was: een versienummer, een dag of een tijd', en: 'as it was: the number of a version, a day or a time' }))
    .addHelpText('after', examples(say, ["regiograaf query 'SELECT * { ?s ?p ?o } LIMIT 10'", 'regiograaf query --file vraag.rq --format csv > antwoord.csv', "regiograaf query --url https://regiograaf.example/ 'ASK { ?s a ?t }' --json"]))
    .action(async (text: string | undefined, { file, format, proposals = false, at }: Options, command: Command) => {
      const query = await textGiven(text, file, command, context);
      await withClient(command, context, { mustExist: true }, async (client, { json }) => {
        const asked = format ?? (json === true ? 'json' : io.stdout.isTTY === true ? 'table' : 'tsv');
        const known = asked === 'table' || Object.hasOwn(resultForms, asked);
        const answer = await client.query(query, {
          results: resultForms[asked] ?? 'application/sparql-results+json',
          graph: known && asked !== 'json' ? 'text/turtle' : formatNamed(asked).mediaType,
          withProposals: proposals,
          ...(at === undefined ? {} : { at }),
        });
        const rows = Object.values(resultForms).includes(answer.mediaType);
        if (format !== undefined && format !== 'json' && known !== rows) {
          command.error(
            rows
              ? say({ nl: `Het antwoord bestaat uit rijen: ${format} kan niet, wel table, json, xml, csv of tsv.`, en: `The answer is rows: ${format} is not possible, but table, json, xml, csv or tsv is.` })
              : say({ nl: `Het antwoord is een graaf: ${format} kan niet, wel ttl, trig, nt, nq, jsonld of rdf.`, en: `The answer is a graph: ${format} is not possible, but ttl, trig, nt, nq, jsonld or rdf is.` }),
          );
        }
        const tabled = asked === 'table' && answer.mediaType.endsWith('json') ? resultTable(answer.body) : answer.body;
        await print(io.stdout, tabled.endsWith('\n') ? tabled : `${tabled}\n`);
        return undefined;
      });
    });
}
