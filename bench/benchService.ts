import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { Agent } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { call, type Call, type Reply } from './http.js';

const token = 'a-token-for-the-measurements-only';
/** Milliseconds between two looks whether the service rests, and how long that is waited for. */
const restPause = 2000;
const restLimit = 15 * 60_000;

export interface ServiceOptions {
  readonly dataDir: string;
  readonly readers: number;
  /** Settings beside the usual ones. */
  readonly settings?: Readonly<Record<string, string>>;
}

/** A service in a process of its own. */
export class BenchService {
  readonly url: string;
  /** From the start of the process until `/status` answered 200. */
  readonly readyAfter: number;
  /** Times a reader was replaced because of its memory. */
  recycled = 0;
  readonly #child: ChildProcess;
  readonly #agent = new Agent({ keepAlive: true });

  private constructor(child: ChildProcess, url: string, readyAfter: number) {
    this.#child = child;
    this.url = url;
    this.readyAfter = readyAfter;
  }

  static async start({ dataDir, readers, settings = {} }: ServiceOptions): Promise<BenchService> {
    const started = performance.now();
    const child = fork(new URL('./serviceChild.js', import.meta.url), {
      execArgv: process.env['BENCH_NODE_OPTIONS']?.split(' ') ?? [],
      stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
      env: {
        PATH: process.env['PATH'] ?? '',
        PORT: '0',
        HOST: '127.0.0.1',
        BASE_IRI: 'http://localhost:3000/',
        DATA_DIR: dataDir,
        ADMIN_TOKEN: token,
        SEED: 'none',
        READERS: String(readers),
        RATE_LIMIT: 'off',
        LOG_LEVEL: 'info',
        ...settings,
      },
    });
    let recycled = 0;
    let service: BenchService | undefined;
    child.stdout?.on('data', (data: Buffer) => {
      recycled += data.toString().split('is replaced').length - 1;
      if (service) service.recycled = recycled;
    });
    const [hello]: unknown[] = await Promise.race([once(child, 'message'), once(child, 'exit').then(() => [undefined])]);
    if (typeof hello !== 'object' || hello === null || !('url' in hello)) throw new Error('the service did not start');
    const url = String(hello.url);
    for (;;) {
      const { status } = await call(new Agent(), `${url}/status`);
      if (status === 200) break;
      await sleep(10);
    }
    service = new BenchService(child, url, performance.now() - started);
    return service;
  }

  ask(path: string, options: Call = {}): Promise<Reply> {
    return call(this.#agent, this.url + path, options);
  }

  /** A request with the administrator's token; throws unless it was done. */
  async write(path: string, { headers, ...options }: Call): Promise<Reply> {
    const reply = await this.ask(path, { ...options, headers: { authorization: `Bearer ${token}`, accept: 'application/json', ...headers } });
    if (reply.status >= 300) throw new Error(`${options.method ?? 'GET'} ${path}: ${reply.status} ${reply.body.slice(0, 2000)}`);
    return reply;
  }

  /** Milliseconds until a caller with rights is answered: her readers start when she comes. */
  async warmed(): Promise<number> {
    const started = performance.now();
    for (;;) {
      const { status } = await this.ask('/datasets', { headers: { authorization: `Bearer ${token}`, accept: 'application/ld+json' } });
      if (status === 200) return performance.now() - started;
      await sleep(50);
    }
  }

  /** Waits until the service does next to nothing: what follows the log has taken in the load. Answers the milliseconds that took. */
  async rested(): Promise<number> {
    const started = performance.now();
    for (let before = await this.usage(); performance.now() - started < restLimit; ) {
      await sleep(restPause);
      const now = await this.usage();
      if (now.cpu - before.cpu < restPause / 20) break;
      before = now;
    }
    return performance.now() - started;
  }

  /** Resident memory of the whole process and milliseconds of processor time so far, threads and engines included. */
  async usage(): Promise<{ readonly rss: number; readonly cpu: number }> {
    const answered = once(this.#child, 'message');
    this.#child.send('usage');
    const [answer]: unknown[] = await answered;
    if (typeof answer === 'object' && answer !== null && 'rss' in answer && 'cpu' in answer) return { rss: Number(answer.rss), cpu: Number(answer.cpu) };
    throw new Error('the service does not tell what it uses');
  }

  /** Milliseconds its main thread was held up since the last time this was asked. */
  async delay(): Promise<{ readonly p99: number; readonly max: number }> {
    const answered = once(this.#child, 'message');
    this.#child.send('delay');
    const [answer]: unknown[] = await answered;
    if (typeof answer === 'object' && answer !== null && 'p99' in answer && 'max' in answer) return { p99: Number(answer.p99), max: Number(answer.max) };
    throw new Error('the service does not tell how its main thread is doing');
  }

  /** Ends it as a power cut would, or in good order. */
  async stop(how: 'kill' | 'close' = 'kill'): Promise<void> {
    this.#agent.destroy();
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const gone = once(this.#child, 'exit');
    if (how === 'kill') this.#child.kill('SIGKILL');
    else this.#child.send('stop');
    await gone;
  }
}
