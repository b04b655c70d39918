import type { Language } from '../../pages/words.js';
import { areas } from './areas.js';
import type { Answer, Operation, Parameter, Schema } from './contract.js';
import { generalProblems } from './parts.js';
import { schemas } from './schemas.js';

type Json = Readonly<Record<string, unknown>>;

/** The path template of a registered path: `/doc/*path` is `/doc/{path}`. */
export function template(route: string): string {
  return route.replace(/[:*](\w+)/g, '{$1}');
}

function parameter({ name, in: place, required, schema, example, text }: Parameter, language: Language): Json {
  return {
    name,
    in: place,
    description: text[language],
    ...(place === 'path' || required ? { required: true } : {}),
    schema: schema ?? { type: 'string' },
    ...(example === undefined ? {} : { example }),
  };
}

function content(types: readonly string[], name: string | undefined): Json {
  const schemaOf = (type: string): Schema => (name !== undefined && /json/.test(type) ? { $ref: `#/components/schemas/${name}` } : type.includes('json') ? {} : { type: 'string' });
  return Object.fromEntries(types.map((type) => [type, { schema: schemaOf(type) }]));
}

function response({ text, types, schema }: Answer, language: Language): Json {
  return { description: text[language], ...(types === undefined ? {} : { content: content(types, schema) }) };
}

/** Answers by status; what is described twice for one status is one answer with all types. */
function responses(answers: readonly Answer[], language: Language): Json {
  const byStatus = new Map<number, Answer>();
  for (const answer of answers) {
    const known = byStatus.get(answer.status);
    const types = [...new Set([...(known?.types ?? []), ...(answer.types ?? [])])];
    byStatus.set(answer.status, known ? { ...known, ...(types.length > 0 ? { types } : {}) } : answer);
  }
  return Object.fromEntries([...[...byStatus].toSorted(([a], [b]) => a - b).map(([status, answer]) => [String(status), response(answer, language)] as const), ['default', { $ref: '#/components/responses/Probleem' }]]);
}

function identifier(method: string, route: string): string {
  const words = route.split(/[^A-Za-z0-9]+/).filter((word) => word !== '');
  return [method, ...words].map((word, index) => (index === 0 ? word : word.charAt(0).toUpperCase() + word.slice(1))).join('');
}

function operation(item: Operation, route: string, area: string, language: Language): Json {
  const { method, summary, details, parameters = [], body, answers, access } = item;
  return {
    tags: [area],
    operationId: identifier(method, route),
    summary: summary[language],
    ...(details ? { description: details[language] } : {}),
    ...(parameters.length > 0 ? { parameters: parameters.map((one) => parameter(one, language)) } : {}),
    ...(body
      ? {
          requestBody: {
            description: body.text[language],
            required: true,
            content: Object.fromEntries(Object.entries(body.types).map(([type, example]) => [type, { schema: type === 'application/json' || type.startsWith('multipart/') ? { type: 'object' } : { type: 'string' }, ...(example === '' ? {} : { example: type === 'application/json' ? (JSON.parse(example) as unknown) : example }) }])),
          },
        }
      : {}),
    responses: responses([...answers, ...generalProblems], language),
    ...(access === 'write' ? { security: [{ token: [] }] } : access === 'session' ? { security: [{ sessie: [] }] } : {}),
  };
}

const intro = {
  nl: 'De kennisgraaf van de slimme regio Vlaanderen. Lezen kan zonder account; schrijven met een token. Elk adres kent ook HEAD en OPTIONS. Fouten zijn application/problem+json (RFC 9457).',
  en: 'The knowledge graph of the Flemish smart region. Reading needs no account; writing needs a token. Every address also has HEAD and OPTIONS. Errors are application/problem+json (RFC 9457).',
} as const;

/** The description of the whole interface (OpenAPI 3.1.1). */
export function openApi(base: string, language: Language, contact?: string): Json {
  const paths: Record<string, Record<string, Json>> = {};
  for (const area of areas) {
    for (const item of area.operations) {
      for (const route of item.routes) {
        const at = (paths[template(route)] ??= {});
        at[item.method] = operation(item, route, area.name, language);
      }
    }
  }
  return {
    openapi: '3.1.1',
    info: {
      title: 'Regiograaf',
      version: '1',
      description: intro[language],
      license: { name: 'EUPL-1.2', identifier: 'EUPL-1.2' },
      ...(contact !== undefined && /^https?:/.test(contact) ? { contact: { url: contact } } : {}),
    },
    servers: [{ url: base.replace(/\/$/, '') }],
    tags: areas.map(({ name, title, text }) => ({ name, description: `${title[language]}. ${text[language]}` })),
    paths,
    components: {
      schemas,
      responses: { Probleem: { description: language === 'nl' ? 'Een fout, met een vaste code' : 'An error, with a stable code', content: content(['application/problem+json', 'text/html'], 'Probleem') } },
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', description: language === 'nl' ? 'Token van de beheerder' : 'Token of the administrator' },
        sessie: { type: 'apiKey', in: 'cookie', name: 'sessie', description: language === 'nl' ? 'Aangemeld op /laden' : 'Signed in at /laden' },
      },
    },
  };
}
