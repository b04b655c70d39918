import { readableNode, type JsonObject, type Reading } from '../../rdf/jsonldReading.js';

/** One item: identity, name and page first. Other pages about it stand apart, so that `pagina` is always one address. */
export function readableItem(item: JsonObject, ownPage: string, reading: Reading): JsonObject {
  const { '@id': id, '@type': type, pagina, naam, titel, ...rest } = readableNode(item, reading);
  const others = (Array.isArray(pagina) ? pagina : [pagina]).filter((page) => page !== undefined && page !== ownPage);
  return {
    '@id': id,
    ...(type === undefined ? {} : { '@type': type }),
    ...(naam === undefined ? {} : { naam }),
    ...(titel === undefined ? {} : { titel }),
    pagina: ownPage,
    ...rest,
    ...(others.length === 0 ? {} : { 'foaf:page': others.map((page) => (typeof page === 'string' ? { '@id': page } : page)) }),
  };
}
