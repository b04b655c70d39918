import type { CataloguedService } from './model.js';

/** The ways this service can be asked, always the same ones. */
export function ownServices(base: string): readonly CataloguedService[] {
  const openApi = `${base}openapi.json`;
  return [
    {
      name: 'sparql',
      title: { nl: 'SPARQL-toegang', en: 'SPARQL endpoint' },
      description: { nl: 'Stel vragen aan alle openbare datasets met SPARQL 1.1.', en: 'Ask all public datasets with SPARQL 1.1.' },
      endpoint: `${base}sparql`,
      endpointDescription: `${base}sparql`,
      conformsTo: ['https://www.w3.org/TR/sparql11-protocol/'],
    },
    {
      name: 'graphs',
      title: { nl: 'Datasets als grafen', en: 'Graph store' },
      description: { nl: 'Haal de inhoud van een dataset op als één graaf.', en: 'Fetch the content of a dataset as one graph.' },
      endpoint: `${base}graphs`,
      endpointDescription: openApi,
      conformsTo: ['https://www.w3.org/TR/sparql11-http-rdf-update/'],
    },
    {
      name: 'json-ld',
      title: { nl: 'Lijsten in JSON-LD', en: 'Collections in JSON-LD' },
      description: {
        nl: 'Actoren, initiatieven, bouwstenen, componenten en meer, gefilterd en per pagina.',
        en: 'Actors, initiatives, building blocks, components and more, filtered and paged.',
      },
      endpoint: `${base}actoren`,
      endpointDescription: openApi,
      conformsTo: ['https://www.w3.org/TR/json-ld11/'],
    },
    {
      name: 'delta',
      title: { nl: 'Synchronisatie met LBLOD-toepassingen', en: 'LBLOD delta sync' },
      description: { nl: 'Dumps en genummerde wijzigingsbestanden voor delta-consumer.', en: 'Dumps and numbered change files for delta-consumer.' },
      endpoint: `${base}sync`,
      endpointDescription: openApi,
      conformsTo: ['https://jsonapi.org/format/1.0/'],
    },
  ];
}
