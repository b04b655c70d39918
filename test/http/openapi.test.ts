import assert from 'node:assert/strict';
import { Validator } from '@seriousme/openapi-schema-validator';
import { areas } from '../../src/http/openapi/areas.js';
import type { Operation, Parameter } from '../../src/http/openapi/contract.js';
import { template } from '../../src/http/openapi/document.js';
import { registeredRoutes } from '../support/routes.js';
import { TestService } from '../support/service.js';
import { fill, ok, sample } from './fixture.js';

interface Described {
  readonly operation: Operation;
  readonly route: string;
}

const described: readonly Described[] = areas.flatMap(({ operations }) => operations.flatMap((operation) => operation.routes.map((route) => ({ operation, route }))));
const label = ({ operation, route }: Described): string => `${operation.method.toUpperCase()} ${route}`;

/** The address of an operation with the examples of its parameters. */
function address(route: string, parameters: readonly Parameter[]): string {
  const of = (place: Parameter['in']): readonly Parameter[] => parameters.filter((one) => one.in === place && one.example !== undefined);
  const path = of('path').reduce((text, { name, example = '' }) => text.replace(`{${name}}`, example), template(route));
  const search = new URLSearchParams(of('query').map(({ name, example = '' }): [string, string] => [name, example]));
  return search.size === 0 ? path : `${path}?${search}`;
}

describe('the description of the interface', () => {
  let service: TestService;
  before(async () => {
    service = await TestService.start();
    await refill();
  });
  after(() => service.stop());

  async function refill(): Promise<void> {
    await fill(service);
    await ok(service.load('proef', sample));
    await ok(service.describe('weg', { titel: 'Weg ermee' }));
  }

  const document = async (path = '/openapi.json'): Promise<Record<string, unknown>> => (await (await ok(service.ask(path))).json()) as Record<string, unknown>;

  it('is valid OpenAPI 3.1, in both languages', async () => {
    for (const path of ['/openapi.json', '/en/openapi.json']) {
      const text = await (await ok(service.ask(path))).text();
      const { valid, errors } = await new Validator().validate(JSON.parse(text) as Record<string, unknown>);
      assert.ok(valid, JSON.stringify(errors, null, 1));
    }
    assert.notDeepEqual(await document(), await document('/openapi.json?taal=en'));
  });

  it('names every operation that is registered, and no other', async () => {
    const registered = registeredRoutes(service.service.app).flatMap(({ path, methods }) => methods.map((method) => `${method.toUpperCase()} ${path}`));
    const aliases = areas.flatMap(({ operations }) => operations.flatMap(({ method, aliases: names = [] }) => names.map((name) => `${method.toUpperCase()} ${name}`)));
    const known = new Set([...described.map(label), ...aliases]);
    assert.deepEqual(registered.filter((one) => !known.has(one)), [], 'registered, not described');
    assert.deepEqual([...known].filter((one) => !registered.includes(one)), [], 'described, not registered');
  });

  it('gives every operation a name of its own, and describes every parameter of its path', async () => {
    const { paths } = (await document()) as { paths: Record<string, Record<string, { operationId: string; parameters?: readonly { name: string; in: string }[] }>> };
    const operations = Object.entries(paths).flatMap(([path, item]) => Object.values(item).map((operation) => ({ path, operation })));
    const names = operations.map(({ operation }) => operation.operationId);
    assert.equal(new Set(names).size, names.length);
    for (const { path, operation } of operations) {
      const inPath = (operation.parameters ?? []).filter((parameter) => parameter.in === 'path').map(({ name }) => name);
      assert.deepEqual(inPath.toSorted(), [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).toSorted(), path);
    }
  });

  const examples = described.toSorted((a, b) => Number(a.operation.method === 'delete') - Number(b.operation.method === 'delete'));
  for (const one of examples) {
    it(`${label(one)} answers its example as described`, async () => {
      const { operation, route } = one;
      if (operation.method === 'delete') await refill();
      const bodies = Object.entries(operation.body?.types ?? {});
      const tried = bodies.filter(([, example]) => example !== '');
      const calls = bodies.length === 0 ? [undefined] : tried.length > 0 ? tried : bodies.slice(0, 1);
      for (const call of calls) {
        const [type, body] = call ?? [];
        const answer = await service.ask(address(route, operation.parameters ?? []), {
          method: operation.method.toUpperCase(),
          ...(operation.access === 'write' ? { token: true } : {}),
          ...(type === undefined ? {} : { headers: { 'content-type': type } }),
          ...(body === undefined ? {} : { body }),
        });
        const given = answer.headers.get('content-type')?.split(';', 1)[0];
        const text = given === 'text/event-stream' ? '' : await answer.text();
        if (given === 'text/event-stream') await answer.body?.cancel();
        const possible = operation.answers.filter(({ status }) => status === answer.status);
        assert.ok(possible.length > 0, `${answer.status}: ${text.slice(0, 400)}`);
        if (operation.access !== 'session' && operation.mayBeMissing !== true) assert.ok(answer.status < 400, `${answer.status}: ${text.slice(0, 400)}`);
        if (text !== '') assert.ok(possible.some(({ types }) => types?.includes(given ?? '')), `${answer.status} ${given}`);
      }
    });
  }

  it('is readable as a page, in both languages, and as JSON for who asks that', async () => {
    for (const [path, word] of [['/api', 'Antwoorden'], ['/en/api', 'Responses|Answers']] as const) {
      const page = await (await ok(service.ask(path, { headers: { accept: 'text/html' } }))).text();
      assert.match(page, new RegExp(word));
      for (const { route } of described) assert.ok(page.includes(template(route)), route);
    }
    const answer = await ok(service.ask('/api', { headers: { accept: 'application/json' } }));
    assert.deepEqual(await answer.json(), await document());
  });
});
