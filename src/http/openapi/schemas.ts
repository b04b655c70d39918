import type { Schema } from './contract.js';

const string: Schema = { type: 'string' };
const integer: Schema = { type: 'integer' };
const list = (items: Schema): Schema => ({ type: 'array', items });
const object = (properties: Readonly<Record<string, Schema>>, required: readonly string[] = Object.keys(properties)): Schema => ({ type: 'object', properties, required });
const counts: Schema = { type: 'object', additionalProperties: object({ toegevoegd: integer, verwijderd: integer }) };

const totals: Schema = object({ Violation: integer, Warning: integer, Info: integer });

const result: Schema = object(
  {
    ernst: { type: 'string', enum: ['fout', 'waarschuwing', 'opmerking'] },
    onderwerp: string,
    naam: string,
    veld: string,
    pad: string,
    waarde: string,
    melding: string,
    regel: integer,
    oorzaak: { type: 'string', enum: ['deze-wijziging', 'was-al-zo'] },
    dataset: string,
    vorm: string,
  },
  ['ernst', 'onderwerp', 'melding', 'oorzaak'],
);

const moment: Schema = object({ versie: integer, tijd: { type: 'string', format: 'date-time' } });

const version: Schema = object(
  {
    versie: integer,
    tijd: { type: 'string', format: 'date-time' },
    omschrijving: { type: ['string', 'null'], description: 'null: gewist' },
    door: object({ rol: { type: 'string', enum: ['lezer', 'gegevensbeheerder', 'beheerder', 'dienst'] }, organisatie: string }, ['rol']),
    soort: string,
    hash: string,
    vorige: string,
    wijzigingen: counts,
    pagina: string,
    verschil: list(string),
    meer: { type: 'boolean' },
  },
  ['versie', 'tijd', 'omschrijving', 'hash', 'wijzigingen', 'pagina'],
);

/** The JSON documents that answers name; `rapport` is in problems and outcomes alike. */
export const schemas: Readonly<Record<string, Schema>> = {
  Probleem: object(
    {
      type: { type: 'string', format: 'uri' },
      title: string,
      status: integer,
      detail: string,
      code: string,
      verzoek: string,
      line: integer,
      column: integer,
      jsonPath: string,
      file: string,
      expected: string,
      parameter: string,
      toegelaten: {},
      mogelijk: list(string),
      lijktOp: list(string),
      rapport: list({ $ref: '#/components/schemas/Resultaat' }),
      aantallen: totals,
      afgekapt: { type: 'boolean' },
    },
    ['type', 'title', 'status', 'detail', 'code', 'verzoek'],
  ),
  Resultaat: result,
  Uitkomst: object(
    {
      uitkomst: { type: 'string', enum: ['gepubliceerd', 'ongewijzigd', 'proef'] },
      versie: integer,
      hash: string,
      tijd: { type: 'string', format: 'date-time' },
      pagina: string,
      wijzigingen: counts,
      nieuweDatasets: list(object({ dataset: string, lijktOp: list(string) }, ['dataset'])),
      bewerkingen: list(object({ gevonden: integer, gewijzigd: integer })),
      gelezen: integer,
      aanvaardbaar: { type: 'boolean' },
      verschil: list(string),
      meer: { type: 'boolean' },
      rapport: list({ $ref: '#/components/schemas/Resultaat' }),
      aantallen: totals,
      afgekapt: { type: 'boolean' },
    },
    ['uitkomst', 'rapport', 'aantallen'],
  ),
  Toestand: object(
    {
      ready: { type: 'boolean' },
      commit: integer,
      hash: string,
      time: { type: ['string', 'null'], format: 'date-time' },
      base: { type: 'string', format: 'uri' },
      version: string,
      writable: { type: 'boolean' },
      readers: integer,
      quads: integer,
      memory: object({ rssBytes: integer, share: { type: 'number' } }),
    },
    ['ready', 'commit', 'hash'],
  ),
  Verschil: object({ van: moment, tot: moment, wijzigingen: counts, verschil: list(string), meer: { type: 'boolean' } }, ['van', 'tot', 'wijzigingen', 'verschil']),
  Versie: version,
  Versies: object({ versies: list({ $ref: '#/components/schemas/Versie' }), volgende: string }, ['versies']),
  Lijst: object({ '@context': {}, '@id': string, totaal: integer, items: list({ type: 'object' }), eerste: string, vorige: string, volgende: string, laatste: string }, ['@id', 'totaal', 'items']),
};
