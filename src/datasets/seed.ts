import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { z } from 'zod';
import type { DatasetDescription, StagedDocument, WriteAction, WriteRequest } from '../graph/api.js';
import { catalogueGraph, shapesDataset, standardDataset } from '../graph/catalogue.js';
import type { ValidationMode } from '../graph/dataset.js';
import { formatByExtension } from '../rdf/mediaTypes.js';
import { resource } from '../resources.js';
import type { Stager } from './stager.js';

const texts = z.record(z.string(), z.string());

/** `data/datasets.json`: the datasets a new installation starts with, in load order. */
const manifest = z.array(
  z.object({
    slug: z.string().regex(/^[a-z0-9-]+$/u),
    file: z.string(),
    title: texts,
    description: texts.optional(),
    status: z.enum(['aangenomen', 'voorgesteld', 'extern', 'afgeleid']),
    mode: z.enum(['enforce', 'report', 'off']),
    visibility: z.enum(['public', 'restricted']),
    licence: z.string().optional(),
    owner: z.string().optional(),
    source: z.string().optional(),
    issued: z.string().optional(),
  }),
);

type SeedDataset = z.infer<typeof manifest>[number];

/** DCAT-AP-VL asks this licence of a catalogue. */
const cc0 = 'https://data.vlaanderen.be/id/licentie/creative-commons-zero-verklaring/v1.0';

function describe(dataset: string, title: Record<string, string>, description: Record<string, string>, licence?: string, mode: ValidationMode = 'enforce'): WriteAction {
  const settings = { status: 'aangenomen', mode, visibility: 'public' } as const;
  return { kind: 'describe', dataset, description: { title, description, ...settings, ...(licence === undefined ? {} : { licence }) } };
}

/** The datasets every installation has, seeded or not. */
function foundations(base: string, standardMode: ValidationMode): WriteAction[] {
  return [
    describe(
      catalogueGraph(base),
      { nl: 'Catalogus', en: 'Catalogue' },
      { nl: 'De beschrijvingen van alle openbare datasets.', en: 'The descriptions of all public datasets.' },
      cc0,
    ),
    describe(
      standardDataset(base),
      { nl: 'Standaardgraaf', en: 'Default graph' },
      { nl: 'Wat zonder graaf of dataset wordt geschreven.', en: 'What is written without a graph or dataset.' },
      undefined,
      standardMode,
    ),
    describe(
      shapesDataset(base),
      { nl: 'Vormen', en: 'Shapes' },
      { nl: 'Regels (SHACL) van deze installatie, naast die van Regiograaf zelf.', en: 'Rules (SHACL) of this installation, beside those of Regiograaf itself.' },
    ),
  ];
}

export interface FirstCommitOptions {
  /** Whether the datasets of the package come along. */
  readonly seed: boolean;
  /** Whether queries see the default graph alone, so that anything may stand in it. */
  readonly plain?: boolean;
  readonly progress?: (done: number, total: number, file: string) => void;
}

/**
 * The first commit of a new installation: catalogue, default graph and, unless `SEED=none`, the datasets that come
 * with the package. The staged documents are to be discarded when it is written.
 */
export async function firstCommit(
  base: string,
  stager: Stager,
  options: FirstCommitOptions,
): Promise<{ readonly request: WriteRequest; readonly documents: readonly StagedDocument[] }> {
  const actions = foundations(base, options.plain === true ? 'report' : 'enforce');
  const documents: StagedDocument[] = [];
  const datasets = options.seed ? await readManifest() : [];
  for (const [index, dataset] of datasets.entries()) {
    options.progress?.(index, datasets.length, dataset.file);
    const document = await stageSeed(dataset.file, base, stager);
    const iri = `${base}id/dataset/${dataset.slug}`;
    documents.push(document);
    actions.push(
      { kind: 'describe', dataset: iri, description: descriptionOf(dataset, base) },
      { kind: 'load', dataset: iri, mode: 'replace', document },
    );
  }
  const message = options.seed ? 'Eerste lading: de datasets die met Regiograaf meekomen' : 'Lege graaf aangemaakt';
  return { request: { action: { kind: 'all', actions }, source: 'seed', note: { message } }, documents };
}

async function readManifest(): Promise<SeedDataset[]> {
  return manifest.parse(JSON.parse(await readFile(resource('data', 'datasets.json'), 'utf8')));
}

async function stageSeed(file: string, base: string, stager: Stager): Promise<StagedDocument> {
  const format = formatByExtension(extname(file));
  if (!format) throw new Error(`data/${file}: no RDF format has this extension`);
  return stager.stage(createReadStream(resource('data', file)), { format, baseIri: base, file });
}

/** Addresses in the manifest may be relative to BASE_IRI, as in the data files. */
function descriptionOf({ slug: _slug, file: _file, owner, source, licence, ...rest }: SeedDataset, base: string): DatasetDescription {
  const { description, issued, ...settings } = rest;
  return {
    ...settings,
    ...(description === undefined ? {} : { description }),
    ...(issued === undefined ? {} : { issued }),
    ...(owner === undefined ? {} : { owner: new URL(owner, base).href }),
    ...(source === undefined ? {} : { source: new URL(source, base).href }),
    ...(licence === undefined ? {} : { licence: new URL(licence, base).href }),
  };
}
