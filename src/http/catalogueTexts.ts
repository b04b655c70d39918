import { LRUCache } from 'lru-cache';
import type { Visibility } from '../graph/dataset.js';
import { catalogueQuads } from '../publication/catalogue/catalogue.js';
import type { CatalogueModel } from '../publication/catalogue/model.js';
import type { SerialiseOptions } from '../rdf/serialise.js';
import type { DocumentWriter } from './documents/documentWriter.js';

/** Texts kept: in a few forms, for a few visibilities. */
const most = 24;

/** What was asked for, and by whom. */
export interface AskedCatalogue {
  /** Which catalogue it is: of the whole, a part, or as a list of datasets. */
  readonly name: string;
  readonly who: Visibility;
  readonly head: number;
  readonly options: SerialiseOptions;
}

/** What of a model changes between two commits: dumps and streams are made after them. */
export function stateOf({ dumps, streams, modified }: CatalogueModel): string {
  return `${dumps.length}-${streams.length}-${Date.parse(modified).toString(36)}`;
}

/** The texts of catalogues. Putting one together takes milliseconds: who asks the same, also meanwhile, gets the same. */
export class CatalogueTexts {
  readonly #documents: Pick<DocumentWriter, 'write'>;
  readonly #kept = new LRUCache<string, Promise<Buffer>>({ max: most });

  constructor(documents: Pick<DocumentWriter, 'write'>) {
    this.#documents = documents;
  }

  /** The Faults of `DocumentWriter.write`. */
  text(model: CatalogueModel, { name, who, head, options }: AskedCatalogue): Promise<Buffer> {
    const { id, form } = options.format;
    const key = JSON.stringify([head, stateOf(model), name, id, form, who.restricted]);
    const known = this.#kept.get(key);
    if (known) return known;
    const text = this.#documents.write(catalogueQuads(model), options).then((written) => Buffer.from(written));
    this.#kept.set(key, text);
    text.catch(() => this.#kept.delete(key));
    return text;
  }
}
