import type { DatasetInfo } from '../../graph/api.js';
import { catalogueTerms, modeConcepts, statusConcepts } from '../../graph/catalogue.js';
import { rdfFormats } from '../../rdf/mediaTypes.js';
import { dcat, dct, foaf } from '../../rdf/prefixes.js';
import { describeFile } from './files.js';
import type { Texts } from './model.js';
import { absolute, type Resources } from './resources.js';
import * as terms from './terms.js';

/** Describes a dataset with its downloads. */
export function describeDataset(resources: Resources, dataset: DatasetInfo): void {
  const { iri, slug, title, status, mode, issued, modified, licence, hvdCategory } = dataset;
  const { document, refer, model } = resources;
  const page = `${model.base}datasets/${encodeURI(slug)}`;
  const owner = absolute(dataset.owner);
  const subject = resources
    .describe(document.about(iri, dcat('Dataset'), dcat('Resource')), {
      title,
      description: Object.keys(dataset.description).length > 0 ? dataset.description : describing(title),
      ...(owner === undefined ? {} : { owner }),
      ...(dataset.visibility === 'public' ? {} : { accessRight: refer.accessRight(terms.accessRightNonPublic, { nl: 'niet publiek', en: 'not public' }) }),
    })
    .date(dct('issued'), issued)
    .value(dct('modified'), modified, 'dateTime')
    .link(dcat('landingPage'), page)
    .link(catalogueTerms.status, statusConcepts[status])
    .link(catalogueTerms.mode, modeConcepts[mode]);
  refer.thing(page, foaf('Document'));
  resources.highValue(subject, hvdCategory);
  const conditions = { ...(licence === undefined ? {} : { licence }), ...(hvdCategory === undefined ? {} : { hvdCategory }) };
  for (const { mediaType, extensions, canWrite } of rdfFormats) {
    if (canWrite) subject.link(dcat('distribution'), describeFile(resources, { url: `${page}/inhoud.${extensions[0] ?? ''}`, mediaType, ...conditions }));
  }
  for (const dump of model.dumps) if (dump.dataset === iri) subject.link(dcat('distribution'), describeFile(resources, { ...dump, ...conditions }));
}

export const fullDownload = {
  title: { nl: 'Volledige download', en: 'Full download' },
  description: {
    nl: 'Alle openbare datasets met een licentie in één bestand. De licentie van elke dataset blijft gelden.',
    en: 'All public datasets with a licence in one file. The licence of each dataset remains in force.',
  },
} satisfies { readonly title: Texts; readonly description: Texts };

/** The files with all datasets in one, as a dataset made of those; undefined when there are none. */
export function describeEverything(resources: Resources): string | undefined {
  const { model, document } = resources;
  const files = model.dumps.filter(({ dataset }) => dataset === undefined);
  if (files.length === 0) return undefined;
  const parts = new Set(model.dumps.map(({ dataset }) => dataset));
  const sources = model.datasets.filter(({ iri }) => parts.has(iri));
  // One licence holds for the whole when it is that of every part.
  const [licence, ...others] = new Set(sources.map((source) => source.licence));
  const subject = resources
    .describe(document.about(`${model.base}dumps#alle`, dcat('Dataset'), dcat('Resource')), fullDownload)
    .link(dct('source'), ...sources.map(({ iri }) => iri))
    .value(dct('modified'), files[0]?.modified, 'dateTime');
  for (const file of files) subject.link(dcat('distribution'), describeFile(resources, licence === undefined || others.length > 0 ? file : { ...file, licence }));
  return subject.iri;
}

function describing(title: Texts): Texts {
  return { nl: `Dataset “${title['nl'] ?? Object.values(title)[0] ?? ''}” van Regiograaf.` };
}
