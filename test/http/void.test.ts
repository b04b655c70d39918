import assert from 'node:assert/strict';
import { Parser, Store, type Term } from 'n3';
import { TestService } from '../support/service.js';
import { fill, ok } from './fixture.js';

const v = 'http://rdfs.org/ns/void#';
const sd = 'http://www.w3.org/ns/sparql-service-description#';

const one = (store: Store, subject: Term | string, predicate: string): string | undefined => store.getObjects(subject, predicate, null)[0]?.value;

describe('descriptions for programs', () => {
  let service: TestService;
  before(async () => {
    service = await TestService.start();
    await fill(service);
  });
  after(() => service.stop());

  const described = async (path: string, token?: true): Promise<Store> =>
    new Store(new Parser().parse(await (await ok(service.ask(path, { headers: { accept: 'text/turtle' }, ...(token ? { token } : {}) }))).text()));

  it('VoID counts triples, entities, classes and properties of each dataset, with partitions', async () => {
    const store = await described('/.well-known/void');
    const dataset = `${service.base}id/dataset/proef`;
    const counts = ['triples', 'entities', 'classes', 'properties', 'distinctSubjects', 'distinctObjects'].map((name) => [name, one(store, dataset, v + name)]);
    assert.deepEqual(counts, [['triples', '9'], ['entities', '2'], ['classes', '1'], ['properties', '5'], ['distinctSubjects', '3'], ['distinctObjects', '8']]);
    const [classes] = store.getObjects(dataset, `${v}classPartition`, null);
    assert.ok(classes);
    assert.equal(one(store, classes, `${v}class`), `${service.base}id/actor/Proef`);
    assert.equal(one(store, classes, `${v}entities`), '2');
    const titles = store.getObjects(dataset, `${v}propertyPartition`, null).find((part) => one(store, part, `${v}property`) === 'http://purl.org/dc/terms/title');
    assert.equal(titles && one(store, titles, `${v}triples`), '4');
    assert.equal(one(store, `${service.base}void#alles`, `${v}sparqlEndpoint`), `${service.base}sparql`);
  });

  it('counts follow commits, and restricted datasets are counted only for who sees them', async () => {
    const dataset = `${service.base}id/dataset/tellen`;
    const put = async (turtle: string): Promise<string | undefined> => {
      await ok(service.load('tellen', turtle));
      return one(await described('/void'), dataset, `${v}entities`);
    };
    assert.equal(await put('<a:s> <a:p> 1 .'), '1');
    assert.equal(await put('<a:s> <a:p> 1 . <a:t> <a:p> 1 .'), '2');
    const restricted = `${service.base}id/dataset/geheim`;
    assert.equal(one(await described('/void'), restricted, `${v}triples`), undefined);
    assert.ok(Number(one(await described('/void', true), restricted, `${v}triples`)) > 0);
    assert.equal((await service.ask('/void.nt')).headers.get('content-type'), 'application/n-triples');
  });

  it('the service description tells the endpoint, its languages, formats and graphs, and leads to the counts', async () => {
    const store = await described('/sparql');
    const endpoint = `${service.base}sparql`;
    assert.equal(one(store, endpoint, `${sd}endpoint`), endpoint);
    assert.deepEqual(store.getObjects(endpoint, `${sd}supportedLanguage`, null).map(({ value }) => value.replace(sd, '')).toSorted(), ['SPARQL11Query', 'SPARQL11Update']);
    assert.ok(store.getObjects(endpoint, `${sd}feature`, null).some(({ value }) => value === `${sd}UnionDefaultGraph`));
    assert.equal(one(store, endpoint, 'http://www.w3.org/2000/01/rdf-schema#seeAlso'), `${service.base}void`);
    const [dataset] = store.getObjects(endpoint, `${sd}defaultDataset`, null);
    assert.ok(dataset);
    const graph = store.getObjects(dataset, `${sd}namedGraph`, null).find((named) => one(store, named, `${sd}name`) === `${service.base}id/dataset/proef`);
    const [content] = graph ? store.getObjects(graph, `${sd}graph`, null) : [];
    assert.equal(content && one(store, content, `${v}triples`), '9');
  });
});
