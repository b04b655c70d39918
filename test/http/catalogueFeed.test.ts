import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { Parser, Store } from 'n3';
import SHACLValidator from 'rdf-validate-shacl';
import { dcat } from '../../src/rdf/prefixes.js';
import { quad } from '../../src/rdf/terms.js';
import { flemish3, shapesOf } from '../support/dcatTables.js';
import { TestService } from '../support/service.js';

const as = 'https://www.w3.org/ns/activitystreams#';

async function page(address: string): Promise<Store> {
  const answer = await fetch(address, { headers: { accept: 'application/trig' } });
  return answer.ok ? new Store(new Parser({ format: 'application/trig', baseIRI: address }).parse(await answer.text())) : new Store();
}

describe('the feed of the catalogue (DCAT-AP Feeds)', () => {
  let service: TestService;
  before(async () => {
    service = await TestService.start({ EIGENAAR: 'Agentschap Voorbeeld', CONTACT: 'data@voorbeeld.be' });
    for (const title of ['Eerst', 'Dan']) assert.ok((await service.describe('pleinen', { titel: title })).ok);
    assert.ok((await service.describe('tijdelijk', { titel: 'Tijdelijk' })).ok);
    assert.ok((await service.ask('/datasets/tijdelijk', { method: 'DELETE', token: true })).ok);
  });
  after(() => service.stop());

  /** Activities about a dataset, oldest first: their kind and what their graph says. */
  async function activities(slug: string): Promise<{ kind: string; state: Store }[]> {
    const [first] = (await page(`${service.url}/ldes/catalogus/activiteiten`)).getObjects(null, 'https://w3id.org/tree#node', null);
    const all = first === undefined ? new Store() : await page(first.value);
    return all
      .getSubjects(`${as}object`, `${service.base}id/dataset/${slug}`, null)
      .map((activity) => ({
        order: Number(all.getObjects(activity, 'https://w3id.org/regiograaf/ns#volgnummerInStroom', null)[0]?.value),
        kind: all.getObjects(activity, 'http://www.w3.org/1999/02/22-rdf-syntax-ns#type', null)[0]?.value.replace(as, '') ?? '',
        state: new Store(all.getQuads(null, null, null, activity).map(({ subject, predicate, object }) => quad(subject, predicate, object))),
      }))
      .toSorted((one, other) => one.order - other.order);
  }

  it('tells of each dataset that came, changed and went, in order', async () => {
    for (let attempt = 0; attempt < 200 && (await activities('tijdelijk')).length < 2; attempt += 1) await sleep(50);
    assert.deepEqual((await activities('pleinen')).map(({ kind }) => kind), ['Create', 'Update']);
    assert.deepEqual((await activities('tijdelijk')).map(({ kind }) => kind), ['Create', 'Delete']);
  });

  it('gives with each activity a description that is complete by DCAT-AP-VL on its own', async () => {
    const [, newest] = await activities('pleinen');
    assert.ok(newest);
    assert.equal(newest.state.getSubjects(null, dcat('Dataset'), null).length, 1);
    const { [dcat('Catalog')]: _catalogue, ...members } = flemish3;
    const report = await new SHACLValidator(new Store(new Parser().parse(shapesOf(members)))).validate(newest.state);
    assert.deepEqual(report.results.map(({ focusNode, path }) => `${focusNode && 'value' in focusNode ? focusNode.value : ''} ${path && 'value' in path ? path.value : ''}`), []);
  });

  it('tells with each dataset by which services it can be asked, described as DCAT-AP-VL wants them', async () => {
    const [, newest] = await activities('pleinen');
    const services = newest?.state.getSubjects(null, dcat('DataService'), null) ?? [];
    assert.deepEqual(services.map(({ value }) => value.replace(/^.*#/, '')).toSorted(), ['dienst-delta', 'dienst-graphs', 'dienst-json-ld', 'dienst-sparql']);
    for (const one of services) {
      assert.deepEqual(newest?.state.getObjects(one, dcat('servesDataset'), null).map(({ value }) => value), [`${service.base}id/dataset/pleinen`]);
      assert.equal(newest?.state.getObjects(one, dcat('endpointURL'), null).length, 1);
    }
  });
});
