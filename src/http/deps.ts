import type { CatalogueTexts } from './catalogueTexts.js';
import type { Response } from 'express';
import type { DatasetInfo, KnowledgeGraph } from '../graph/api.js';
import type { Visibility } from '../graph/dataset.js';
import { Names } from '../pages/labels.js';
import type { View } from '../pages/view.js';
import { translator, type Language } from '../pages/words.js';
import { iconPath, stylePath } from '../pages/style.js';
import { info, visibility } from './context.js';
import { withMoment, type Then } from './history/then.js';
import type { Metrics } from './metrics.js';
import type { AppOptions } from './options.js';
import type { Vocabulary } from './vocabulary.js';

/** What routers are given. */
export interface Deps extends AppOptions {
  readonly metrics: Metrics;
  readonly vocabulary: Vocabulary;
  readonly catalogueTexts: CatalogueTexts;
  /** Path of the base IRI without its last slash: '' at the root of a host. */
  readonly basePath: string;
  /** Set while an old state is asked: then `graph` is that. */
  readonly past?: Then;
}

/** Address of a path of ours, for headers and links. */
export function address({ basePath }: Pick<Deps, 'basePath'>, path: string): string {
  return `${basePath}${path}`;
}

/**
 * True when a page is asked for at the address the graph gives it. Only then may links be whole addresses: through
 * another name of the machine they would lead away. Answers that are kept must not mix the two.
 */
export function atHome({ graph }: Pick<Deps, 'graph'>, res: Response): boolean {
  return res.req.host === new URL(graph.base).host;
}

export function viewOf(deps: Deps, res: Response, query = ''): View {
  const { language, prefix, path } = info(res);
  const { basePath } = deps;
  const at = deps.past?.graph.sight.at;
  const start = language === 'en' ? '/en' : prefix;
  const href = (target: string): string => `${basePath}${start}${target}`;
  return {
    language,
    t: translator(language),
    base: deps.graph.base,
    path,
    href,
    address: (target) => new URL(deps.graph.base).origin + href(target),
    home: atHome(deps, res),
    inLanguage: (other) => withMoment(`${basePath}${other === 'en' ? '/en' : ''}${path}${query}`, at?.number),
    ...(at && deps.past ? { past: { ...at, today: deps.past.today } } : {}),
    style: `${basePath}${stylePath}`,
    icon: `${basePath}${iconPath}`,
    ...(deps.config.owner === undefined ? {} : { owner: deps.config.owner }),
    ...(deps.config.contact === undefined ? {} : { contact: deps.config.contact }),
  };
}

/** Names for IRIs, as this caller may know them. */
export async function namesOf(deps: Deps, res: Response, iris: readonly string[]): Promise<Names> {
  return namesFor(deps, iris, visibility(res), info(res).language);
}

export async function namesFor(deps: Pick<Deps, 'graph' | 'vocabulary'>, iris: readonly string[], who: Visibility, language: Language): Promise<Names> {
  const labels = iris.length === 0 ? new Map() : await deps.graph.labels([...new Set(iris)], who);
  return new Names(labels, await deps.vocabulary.labels(), language);
}

/** IRI of the dataset a slug stands for: the one that carries it, else the one that would be made under our base. */
export function datasetIri(graph: Pick<KnowledgeGraph, 'base'>, slug: string, datasets: readonly DatasetInfo[]): string {
  return datasets.find((dataset) => dataset.slug === slug)?.iri ?? `${graph.base}id/dataset/${slug}`;
}
