import { z } from 'zod';
import { Fault, type Text } from '../../faults.js';
import type { DatasetDescription } from '../../graph/api.js';
import { isAbsoluteIri } from '../../rdf/iri.js';

const text = z.union([z.string().min(1).transform((nl): Record<string, string> => ({ nl })), z.record(z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]+)*$/), z.string())]);

const webAddress = z.string().refine(isAbsoluteIri);

const schema = z.strictObject({
  titel: text,
  beschrijving: text.optional(),
  bronstatus: z.enum(['aangenomen', 'voorgesteld', 'extern', 'afgeleid']).default('aangenomen'),
  controle: z.enum(['enforce', 'report', 'off']).default('enforce'),
  zichtbaarheid: z.enum(['public', 'restricted']).default('public'),
  eigenaar: webAddress.optional(),
  licentie: webAddress.optional(),
  bron: webAddress.optional(),
  uitgegeven: z.iso.date().optional(),
  hvdCategorie: webAddress.optional(),
});

/** The English names of the fields, for programs written against the embeddable API. */
const aliases: Readonly<Record<string, keyof z.input<typeof schema>>> = {
  title: 'titel',
  description: 'beschrijving',
  status: 'bronstatus',
  mode: 'controle',
  visibility: 'zichtbaarheid',
  owner: 'eigenaar',
  licence: 'licentie',
  source: 'bron',
  issued: 'uitgegeven',
  hvdCategory: 'hvdCategorie',
};

function renamed(body: unknown): unknown {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return body;
  return Object.fromEntries(Object.entries(body).map(([key, value]) => [Object.hasOwn(aliases, key) ? aliases[key] : key, value]));
}

/** What is wrong with one field, and what it should be. */
function said(issue: z.core.$ZodIssue): Text {
  const field = issue.path.map(String).join('.');
  if (issue.code === 'unrecognized_keys') return { nl: `Onbekend veld: ${issue.keys.join(', ')}.`, en: `Unknown field: ${issue.keys.join(', ')}.` };
  if (field === '') return { nl: 'Stuur een JSON-object met minstens een titel.', en: 'Send a JSON object with at least a title ("titel").' };
  if (issue.code === 'invalid_value') return { nl: `${field}: kies uit ${issue.values.join(', ')}.`, en: `${field}: choose from ${issue.values.join(', ')}.` };
  if (issue.code === 'custom') return { nl: `${field}: geef een volledig webadres (https://…).`, en: `${field}: give a full web address (https://…).` };
  if (field === 'uitgegeven') return { nl: `${field}: geef een datum (jjjj-mm-dd).`, en: `${field}: give a date (yyyy-mm-dd).` };
  return { nl: `${field}: geef een tekst, of een tekst per taalcode ({"nl": "…"}).`, en: `${field}: give a text, or a text by language code ({"nl": "…"}).` };
}

/** The description of a dataset as `/datasets/{slug}` takes it in JSON. Fault `bad-request` names what is wrong. */
export function readDescription(body: unknown): DatasetDescription {
  const parsed = schema.safeParse(renamed(body));
  if (!parsed.success) {
    const wrong = parsed.error.issues.map(said);
    throw new Fault('bad-request', { nl: `De beschrijving klopt niet. ${wrong.map(({ nl }) => nl).join(' ')}`, en: `The description is not right. ${wrong.map(({ en }) => en).join(' ')}` });
  }
  const { titel, beschrijving, bronstatus, controle, zichtbaarheid, eigenaar, licentie, bron, uitgegeven, hvdCategorie } = parsed.data;
  return {
    title: titel,
    ...(beschrijving === undefined ? {} : { description: beschrijving }),
    status: bronstatus,
    mode: controle,
    visibility: zichtbaarheid,
    ...(eigenaar === undefined ? {} : { owner: eigenaar }),
    ...(licentie === undefined ? {} : { licence: licentie }),
    ...(bron === undefined ? {} : { source: bron }),
    ...(uitgegeven === undefined ? {} : { issued: uitgegeven }),
    ...(hvdCategorie === undefined ? {} : { hvdCategory: hvdCategorie }),
  };
}
