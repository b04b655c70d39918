import type { FoundDumps } from '../../publication/dump/manifest.js';
import type { Deps } from '../deps.js';

const context = {
  dcat: 'http://www.w3.org/ns/dcat#',
  dct: 'http://purl.org/dc/terms/',
  spdx: 'http://spdx.org/rdf/terms#',
  rg: 'https://w3id.org/regiograaf/ns#',
  xsd: 'http://www.w3.org/2001/XMLSchema#',
  downloadURL: { '@id': 'dcat:downloadURL', '@type': '@id' },
  mediaType: { '@id': 'dcat:mediaType', '@type': '@id' },
  compressFormat: { '@id': 'dcat:compressFormat', '@type': '@id' },
  byteSize: { '@id': 'dcat:byteSize', '@type': 'xsd:nonNegativeInteger' },
  checksum: 'spdx:checksum',
  algorithm: { '@id': 'spdx:algorithm', '@type': '@id' },
  checksumValue: { '@id': 'spdx:checksumValue', '@type': 'xsd:hexBinary' },
  distribution: 'dcat:distribution',
  dataset: { '@id': 'dcat:dataset' },
  title: 'dct:title',
  modified: { '@id': 'dct:modified', '@type': 'xsd:dateTime' },
  commit: { '@id': 'rg:versienummer', '@type': 'xsd:integer' },
} as const;

const media = (type: string): string => `http://www.iana.org/assignments/media-types/${type}`;

/** The index of the full downloads: DCAT 3 in JSON-LD, plain enough to be read as JSON. */
export function dumpIndex({ graph }: Pick<Deps, 'graph'>, { manifest }: FoundDumps): unknown {
  const { base } = graph;
  const distributions = (dataset: string | undefined): readonly unknown[] =>
    manifest.files
      .filter((file) => file.dataset === dataset)
      .map((file) => ({
        '@id': `${base}dumps/${file.path}#bestand`,
        '@type': 'dcat:Distribution',
        downloadURL: `${base}dumps/${file.path}`,
        mediaType: media(file.mediaType),
        compressFormat: file.compressed ? media('application/gzip') : undefined,
        byteSize: String(file.bytes),
        checksum: { '@type': 'spdx:Checksum', algorithm: 'http://spdx.org/rdf/terms#checksumAlgorithm_sha256', checksumValue: file.sha256 },
      }));
  return {
    '@context': context,
    '@id': `${base}dumps`,
    '@type': 'dcat:Catalog',
    title: { '@value': 'Volledige downloads', '@language': 'nl' },
    modified: manifest.made,
    commit: String(manifest.commit),
    distribution: distributions(undefined),
    dataset: manifest.datasets.map(({ dataset, commit }) => ({ '@id': dataset, '@type': 'dcat:Dataset', commit: String(commit), distribution: distributions(dataset) })),
  };
}
