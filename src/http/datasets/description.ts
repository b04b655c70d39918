import { z } from 'zod';
import { Fault } from '../../faults.js';
import type { DatasetDescription } from '../../graph/api.js';

const text = z.union([z.string().min(1).transform((nl): Record<string, string> => ({ nl })), z.record(z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]+)*$/), z.string())]);

const schema = z.strictObject({
  titel: text,
  beschrijving: text.optional(),
  bronstatus: z.enum(['aangenomen', 'voorgesteld', 'extern', 'afgeleid']).default('aangenomen'),
  controle: z.enum(['enforce', 'report', 'off']).default('enforce'),
  zichtbaarheid: z.enum(['public', 'restricted']).default('public'),
  eigenaar: z.string().optional(),
  licentie: z.string().optional(),
  bron: z.string().optional(),
  uitgegeven: z.iso.date().optional(),
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
};

function renamed(body: unknown): unknown {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return body;
  return Object.fromEntries(Object.entries(body).map(([key, value]) => [Object.hasOwn(aliases, key) ? aliases[key] : key, value]));
}

/** The description of a dataset as `/datasets/{slug}` takes it in JSON. Fault `bad-request` names what is wrong. */
export function readDescription(body: unknown): DatasetDescription {
  const parsed = schema.safeParse(renamed(body));
  if (!parsed.success) {
    const wrong = parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'JSON'}: ${message}`).join('; ');
    throw new Fault('bad-request', { nl: `De beschrijving klopt niet. ${wrong}`, en: `The description is not right. ${wrong}` });
  }
  const { titel, beschrijving, bronstatus, controle, zichtbaarheid, eigenaar, licentie, bron, uitgegeven } = parsed.data;
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
  };
}
