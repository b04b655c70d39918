import type { Schema } from './contract.js';

const string: Schema = { type: 'string' };
const integer: Schema = { type: 'integer' };
const list = (items: Schema): Schema => ({ type: 'array', items });
const object = (properties: Readonly<Record<string, Schema>>, required: readonly string[] = Object.keys(properties)): Schema => ({ type: 'object', properties, required });
const counts: Schema = { type: 'object', additionalProperties: object({ toegevoegd: integer, verwijderd: integer }) };

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

const version: Schema = object(
  {
    versie: integer,
    tijd: { type: 'string', format: 'date-time' },
    omschrijving: string,
    door: object({ rol: { type: 'string', enum: ['lezer', 'gegevensbeheerder', 'beheerder', 'dienst'] }, organisatie: string }, ['rol']),
    soort: string,
    hash: string,
    vorige: string,
    wijzigingen: counts,
    pagina: string,
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
      expected: string,
      rapport: list({ $ref: '#/components/schemas/Resultaat' }),
    },
    ['type', 'title', 'status', 'detail', 'code', 'verzoek'],
  ),
  Resultaat: result,
  Uitkomst: object(
    {
      uitkomst: { type: 'string', enum: ['gepubliceerd', 'ongewijzigd', 'proef'] },
      versie: integer,
      hash: string,
      wijzigingen: counts,
      rapport: list({ $ref: '#/components/schemas/Resultaat' }),
      aantallen: { type: 'object', additionalProperties: integer },
    },
    ['uitkomst', 'rapport', 'aantallen'],
  ),
  Toestand: object({ ready: { type: 'boolean' }, commit: integer, hash: string }),
  Versie: version,
  Versies: object({ versies: list({ $ref: '#/components/schemas/Versie' }), volgende: string }, ['versies']),
  Lijst: object({ '@id': string, totaal: integer, items: list({ type: 'object' }) }),
};
