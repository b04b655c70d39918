import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { splitLine } from '../../src/rdf/nquads.js';
import { linesOf, type ReadMember } from './streamReaders.js';
import type { TestService } from './service.js';

const tree = 'https://w3id.org/tree#';
type Parts = ReturnType<typeof splitLine>;

/** Asks the streams of a service as quads, and writes to it. */
export class StreamAsker {
  readonly #service: TestService;

  constructor(service: TestService) {
    this.#service = service;
  }

  async quads(path: string): Promise<Parts[]> {
    const answer = await this.#service.ask(path, { headers: { accept: 'application/n-quads' } });
    const text = await answer.text();
    assert.equal(answer.status, 200, `${path}: ${text}`);
    return (await linesOf(text, 'application/n-quads')).map(splitLine);
  }

  /** Objects of a predicate on a page. */
  async objects(path: string, predicate: string): Promise<string[]> {
    return (await this.quads(path)).flatMap((one) => (one.predicate === `<${predicate}>` ? [one.object] : []));
  }

  /** Paths of the pages a view leads to, by way of index pages too. */
  async pages(root: string): Promise<string[]> {
    const found = new Set((await this.objects(root, `${tree}node`)).map((iri) => new URL(iri.slice(1, -1)).pathname));
    // Grows while it is walked.
    for (const path of found) if (path.includes('/index/')) for (const iri of await this.objects(path, `${tree}node`)) found.add(new URL(iri.slice(1, -1)).pathname);
    return [...found].filter((path) => !path.includes('/index/'));
  }

  /** Every member of a view, as often as it stands there. */
  async members(root: string): Promise<ReadMember[]> {
    const found: ReadMember[] = [];
    for (const page of await this.pages(root)) {
      const text = await (await this.#service.ask(page, { headers: { accept: 'application/n-quads' } })).text();
      const ids: string[] = [];
      const about = new Map<string, string[]>();
      for (const line of text.split('\n')) {
        if (line === '') continue;
        const { subject, predicate, object, graph } = splitLine(line);
        if (predicate === `<${tree}member>`) ids.push(object);
        // What is in a named graph is said by the member that bears its name.
        const member = graph === '' ? subject : graph;
        const known = about.get(member);
        if (known) known.push(line);
        else about.set(member, [line]);
      }
      for (const id of ids) found.push({ id: id.slice(1, -1), lines: about.get(id) ?? [] });
    }
    return found;
  }

  /** One update; `GRAPH name` is that dataset. Waits until the streams of these show it. */
  async write(text: string): Promise<void> {
    const { base } = this.#service;
    const slugs = new Set<string>();
    const named = text.replaceAll(/GRAPH (\w+)/g, (_match, slug: string) => {
      slugs.add(slug);
      return `GRAPH <${base}id/dataset/${slug}>`;
    });
    const answer = await this.#service.ask('/sparql/update', { method: 'POST', token: true, headers: { 'content-type': 'application/sparql-update' }, body: `PREFIX : <http://ex.org/> ${named}` });
    assert.ok(answer.ok, await answer.text());
    for (const slug of slugs) await this.followed(`/ldes/dataset/${slug}`);
  }

  /** Waits until a stream that the last commit changed shows it. */
  async followed(stream: string): Promise<void> {
    const { commit } = await this.#service.service.graph.status();
    for (let tries = 0; tries < 800; tries += 1) {
      const etag = (await this.#service.ask(stream, { method: 'HEAD' })).headers.get('etag') ?? '';
      if (Math.floor(Number(/^"(\d+)-/.exec(etag)?.[1] ?? 0) / 2 ** 24) >= commit) return;
      await sleep(25);
    }
    assert.fail(`${stream} does not show commit ${commit}`);
  }
}
