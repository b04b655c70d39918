import { spawn, type ChildProcess } from 'node:child_process';
import { createServer } from 'node:net';
import { resource } from '../../src/resources.js';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The compiled command line of the build this test belongs to. */
export const cli = join(dirname(fileURLToPath(import.meta.url)), '..', '..', 'src', 'cli', 'main.js');

export const adminToken = 'test-token-of-the-administrator';

/** A port that was free a moment ago. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, 'localhost', () => {
      const address = probe.address();
      probe.close(() => (typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no port'))));
    });
  });
}

/** A running `regiograaf serve`, as a user would start it. */
export class ServiceProcess {
  readonly url: string;
  readonly child: ChildProcess;
  #output = '';

  private constructor(child: ChildProcess, url: string) {
    this.child = child;
    this.url = url;
    child.stdout?.on('data', (data: Buffer) => (this.#output += data.toString()));
    child.stderr?.on('data', (data: Buffer) => (this.#output += data.toString()));
  }

  /** What it wrote so far: its log. */
  get output(): string {
    return this.#output;
  }

  /** Starts the service on a folder and waits until `/status` says it is ready. */
  static async start(dataDir: string, environment: Record<string, string> = {}): Promise<ServiceProcess> {
    const port = await freePort();
    const child = spawn(process.execPath, [cli, 'serve'], {
      cwd: resource(),
      env: {
        PATH: process.env['PATH'] ?? '',
        BASE_IRI: 'http://localhost:3000/',
        PORT: String(port),
        DATA_DIR: dataDir,
        ADMIN_TOKEN: adminToken,
        SEED: 'none',
        READERS: '2',
        RATE_LIMIT: 'off',
        LOG_LEVEL: 'error',
        ...environment,
      },
    });
    const service = new ServiceProcess(child, `http://localhost:${port}`);
    for (let attempt = 0; attempt < 2400; attempt += 1) {
      if (child.exitCode !== null) throw new Error(`the service stopped: ${service.#output}`);
      const response = await fetch(`${service.url}/status`).catch(() => undefined);
      if (response?.ok) return service;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    child.kill('SIGKILL');
    throw new Error(`the service did not become ready: ${service.#output}`);
  }

  update(update: string): Promise<Response> {
    return fetch(`${this.url}/sparql/update`, {
      method: 'POST',
      headers: { 'content-type': 'application/sparql-update', authorization: `Bearer ${adminToken}` },
      body: update,
    });
  }

  /** Rows of a SELECT, variable -> value. */
  async select(query: string): Promise<Record<string, string>[]> {
    const response = await fetch(`${this.url}/sparql?query=${encodeURIComponent(query)}`, { headers: { accept: 'application/sparql-results+json' } });
    if (!response.ok) throw new Error(`${response.status}: ${await response.text()}`);
    const { results } = (await response.json()) as { results: { bindings: Record<string, { value: string }>[] } };
    return results.bindings.map((row) => Object.fromEntries(Object.entries(row).map(([name, term]) => [name, term.value])));
  }

  /** Ends the process with a signal and waits until it is gone. */
  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const gone = new Promise((resolve) => this.child.once('exit', resolve));
    this.child.kill(signal);
    await gone;
  }
}
