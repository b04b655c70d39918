import { z } from 'zod';

/*
 * What commands show and `--json` prints: the documents of the HTTP interface, keys in Dutch, the same for a local
 * folder and a running service.
 */

export const remark = z.object({
  ernst: z.enum(['fout', 'waarschuwing', 'opmerking']),
  onderwerp: z.string(),
  naam: z.string().optional(),
  veld: z.string().optional(),
  pad: z.string().optional(),
  waarde: z.string().optional(),
  melding: z.string(),
  regel: z.number().optional(),
  oorzaak: z.enum(['was-al-zo', 'deze-wijziging']),
  dataset: z.string().optional(),
  vorm: z.string().optional(),
});
export type Remark = z.infer<typeof remark>;

const totals = z.object({ Violation: z.number(), Warning: z.number(), Info: z.number() });

/** The report part that every document about a change has. */
export const reported = z.object({ rapport: z.array(remark), aantallen: totals, afgekapt: z.boolean().optional() });
export type Reported = z.infer<typeof reported>;

export const outcome = reported.extend({
  uitkomst: z.enum(['gepubliceerd', 'ongewijzigd', 'proef', 'geweigerd']),
  versie: z.number().optional(),
  hash: z.string().optional(),
  tijd: z.string().optional(),
  aanvaardbaar: z.boolean().optional(),
  wijzigingen: z.record(z.string(), z.object({ toegevoegd: z.number(), verwijderd: z.number() })).optional(),
  /** Datasets that came to be, with the names each may be a slip of. */
  nieuweDatasets: z.array(z.object({ dataset: z.string(), lijktOp: z.array(z.string()).readonly().optional() })).readonly().optional(),
  /** Statements in the file. */
  gelezen: z.number().optional(),
  bewerkingen: z.array(z.object({ gevonden: z.number(), gewijzigd: z.number() })).optional(),
  verschil: z.array(z.string()).optional(),
  meer: z.boolean().optional(),
});
export type OutcomeDocument = z.infer<typeof outcome>;

export const version = z.object({
  versie: z.number(),
  tijd: z.string(),
  omschrijving: z.string().nullable(),
  door: z.object({ rol: z.string(), organisatie: z.string().optional() }),
  soort: z.string(),
  hash: z.string(),
  vorige: z.string(),
  wijzigingen: z.record(z.string(), z.object({ toegevoegd: z.number(), verwijderd: z.number() })),
  verschil: z.array(z.string()).optional(),
  meer: z.boolean().optional(),
});
export type VersionDocument = z.infer<typeof version>;

export const versions = z.object({ versies: z.array(version) });

/** A dataset, by the part of its IRI that people call it by. */
export interface DatasetName {
  readonly slug: string;
  readonly iri: string;
}

export interface DatasetDocument {
  readonly naam: string;
  readonly iri: string;
  readonly titel: string;
  readonly bronstatus: string;
  readonly controle: string;
  readonly zichtbaarheid: string;
  readonly quads?: number;
}

const text = z.string().optional().catch(undefined);
const count = z.number().optional().catch(undefined);

/** RFC 9457, with our code and the place of an error. Other members may carry these names with other types. */
export const problem = z.object({ title: text, detail: text, code: text, line: count, column: count, jsonPath: text, expected: text, file: text });
