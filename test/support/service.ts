import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../../src/config.js';
import { createService, type Service } from '../../src/service.js';

export const adminToken = 'een-token-voor-de-beheerder-van-de-test';

export interface Call {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array | FormData;
  /** Token to sign in with; `true` for the administrator's. */
  readonly token?: string | true;
}

/** A whole service on a folder and a port of its own, to be asked over HTTP as a stranger would. */
export class TestService {
  readonly base = 'http://localhost:3000/';
  readonly service: Service;
  readonly url: string;
  readonly folder: string;

  private constructor(service: Service, url: string, folder: string) {
    this.service = service;
    this.url = url;
    this.folder = folder;
  }

  static async start(settings: Readonly<Record<string, string>> = {}): Promise<TestService> {
    const folder = await mkdtemp(join(tmpdir(), 'regiograaf-http-'));
    const service = await createService(
      readConfig({
        PORT: '0',
        HOST: '127.0.0.1',
        BASE_IRI: 'http://localhost:3000/',
        DATA_DIR: folder,
        ADMIN_TOKEN: adminToken,
        SEED: 'none',
        LOG_LEVEL: 'silent',
        RATE_LIMIT: 'off',
        READERS: '2',
        ...settings,
      }),
    );
    const { url } = await service.listen();
    return new TestService(service, url.replace(/\/$/, ''), folder);
  }

  async stop(): Promise<void> {
    await this.service.close();
    await rm(this.folder, { recursive: true, force: true });
  }

  /** One request; redirects are not followed, and `path` is sent as it stands. */
  ask(path: string, { method = 'GET', headers = {}, body, token }: Call = {}): Promise<Response> {
    const authorization = token === undefined ? {} : { authorization: `Bearer ${token === true ? adminToken : token}` };
    return fetch(this.url + path, { method, redirect: 'manual', headers: { accept: '*/*', ...authorization, ...headers }, ...(body === undefined ? {} : { body }) });
  }

  /** Loads Turtle into a dataset, which is made when it is new. */
  async load(slug: string, turtle: string): Promise<Response> {
    return this.ask(`/datasets/${slug}/inhoud`, { method: 'PUT', token: true, headers: { 'content-type': 'text/turtle' }, body: turtle });
  }

  async describe(slug: string, description: object): Promise<Response> {
    return this.ask(`/datasets/${slug}`, { method: 'PUT', token: true, headers: { 'content-type': 'application/json' }, body: JSON.stringify(description) });
  }

  query(text: string, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
    return this.ask(`/sparql?query=${encodeURIComponent(text)}`, { headers });
  }
}
