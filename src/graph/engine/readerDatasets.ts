import { literalParts } from './readerLiterals.js';
import { dct } from '../../rdf/prefixes.js';
import { splitLine } from '../../rdf/nquads.js';
import type { DatasetInfo } from '../api.js';
import type { DatasetSettings, Visibility } from '../dataset.js';
import { descriptionGraph, hvdCategory } from '../description.js';
import { isDescriptionGraph, visibleDatasets, type DescriptionContext } from './readerContext.js';

/** The datasets a caller sees, in the order of their IRIs. */
export function datasets({ visibility }: { readonly visibility: Visibility }, context: DescriptionContext): readonly DatasetInfo[] {
  return visibleDatasets(context, visibility)
    .filter((dataset) => !isDescriptionGraph(dataset))
    .map((dataset) => known(dataset, context));
}

/** What is known of each dataset at the commit of a replica: every page asks for it, and only a commit changes it. */
const kept = new WeakMap<DescriptionContext['engine'], { readonly commit: number; readonly datasets: Map<string, DatasetInfo> }>();

function known(dataset: DatasetSettings, context: DescriptionContext): DatasetInfo {
  const { engine, commit } = context;
  let current = kept.get(engine);
  if (current?.commit !== commit) kept.set(engine, (current = { commit, datasets: new Map() }));
  let info = current.datasets.get(dataset.iri);
  if (!info) current.datasets.set(dataset.iri, (info = information(dataset, context)));
  return info;
}

function information(dataset: DatasetSettings, { engine, journal, base, commit }: DescriptionContext): DatasetInfo {
  const texts = { [dct('title')]: new Map<string, string>(), [dct('description')]: new Map<string, string>() };
  const single = new Map<string, string>();
  const graph = descriptionGraph(base, dataset);
  for (const line of engine.bySubjects({ dataset: graph }, [`<${dataset.iri}>`])) {
    const { predicate, object } = splitLine(line);
    const property = predicate.slice(1, -1);
    const literal = literalParts(object);
    if (literal && property in texts) texts[property]?.set(literal.language, literal.value);
    else single.set(property, literal?.value ?? object.slice(1, -1));
  }
  const [owner, licence, issued] = [single.get(dct('publisher')), single.get(dct('license')), single.get(dct('issued'))];
  const category = single.get(hvdCategory);
  const changed = journal.headers({ dataset: dataset.iri, before: commit + 1, limit: 1 })[0];
  return {
    ...dataset,
    slug: slugOf(dataset.iri, base),
    title: Object.fromEntries(texts[dct('title')] ?? []),
    description: Object.fromEntries(texts[dct('description')] ?? []),
    ...(owner === undefined ? {} : { owner }),
    ...(licence === undefined ? {} : { licence }),
    ...(issued === undefined ? {} : { issued }),
    quads: engine.count(dataset.iri),
    ...(category === undefined ? {} : { hvdCategory: category }),
    changed: changed?.number ?? 0,
    ...(changed === undefined ? {} : { modified: changed.time }),
  };
}

/** The last part of a dataset's own address; another IRI stands for itself, encoded as one path segment. */
export function slugOf(iri: string, base: string): string {
  const prefix = `${base}id/dataset/`;
  return iri.startsWith(prefix) && iri.length > prefix.length ? iri.slice(prefix.length) : encodeURIComponent(iri);
}
