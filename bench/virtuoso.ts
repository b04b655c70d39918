import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { access, writeFile } from 'node:fs/promises';
import { Agent } from 'node:http';
import { createServer, type AddressInfo } from 'node:net';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { call, type Reply } from './http.js';

const run = promisify(execFile);
/** Names of the two programs in Debian's package `virtuoso-opensource` and in others. */
const servers = ['virtuoso-t', 'virtuoso-iodbc-t'];
const shells = ['isql-vt', 'isql-v', 'isql'];

async function found(names: readonly string[]): Promise<string | undefined> {
  for (const folder of (process.env['PATH'] ?? '').split(delimiter)) {
    for (const name of names) {
      const path = join(folder, name);
      if (await access(path).then(() => true, () => false)) return path;
    }
  }
  return undefined;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}

function configuration(folder: string, sql: number, http: number): string {
  return `[Database]
DatabaseFile = ${folder}/virtuoso.db
ErrorLogFile = ${folder}/virtuoso.log
LockFile = ${folder}/virtuoso.lck
TransactionFile = ${folder}/virtuoso.trx
xa_persistent_file = ${folder}/virtuoso.pxa
[TempDatabase]
DatabaseFile = ${folder}/virtuoso-temp.db
TransactionFile = ${folder}/virtuoso-temp.trx
[Parameters]
ServerPort = 127.0.0.1:${sql}
ServerThreads = 20
NumberOfBuffers = 170000
MaxDirtyBuffers = 130000
DirsAllowed = ${folder}
ThreadsPerQuery = 2
AsyncQueueMaxThreads = 4
[HTTPServer]
ServerPort = 127.0.0.1:${http}
ServerThreads = 20
[SPARQL]
ResultSetMaxRows = 1000000
MaxQueryExecutionTime = 120
`;
}

/** Virtuoso 7 with a folder and a configuration of its own, on loopback. */
export class Virtuoso {
  readonly #child: ChildProcess;
  readonly #shell: string;
  readonly #sql: number;
  readonly url: string;
  readonly #agent = new Agent({ keepAlive: true });

  private constructor(child: ChildProcess, shell: string, sql: number, url: string) {
    this.#child = child;
    this.#shell = shell;
    this.#sql = sql;
    this.url = url;
  }

  /** undefined where it is not installed. */
  static async start(folder: string): Promise<Virtuoso | undefined> {
    const [server, shell] = [await found(servers), await found(shells)];
    if (server === undefined || shell === undefined) return undefined;
    const [sql, http] = [await freePort(), await freePort()];
    await writeFile(join(folder, 'virtuoso.ini'), configuration(folder, sql, http));
    const child = spawn(server, ['-f', '-c', join(folder, 'virtuoso.ini')], { cwd: folder, stdio: 'ignore' });
    const virtuoso = new Virtuoso(child, shell, sql, `http://127.0.0.1:${http}`);
    for (let attempt = 0; attempt < 600; attempt += 1) {
      if (child.exitCode !== null) throw new Error('Virtuoso did not start');
      const up = await call(new Agent(), `${virtuoso.url}/sparql?query=ASK%7B%7D`).catch(() => undefined);
      if (up?.status === 200) return virtuoso;
      await sleep(100);
    }
    await virtuoso.stop();
    throw new Error('Virtuoso did not answer within a minute');
  }

  /** Loads Turtle into a graph and writes it to disk, as its manual says for single files. */
  async load(turtle: Iterable<string>, graph: string, folder: string): Promise<void> {
    const file = join(folder, 'data.ttl');
    await writeFile(file, [...turtle].join(''));
    const statement = `log_enable(2); DB.DBA.TTLP_MT(file_to_string_output('${file}'), '', '${graph}'); log_enable(1); checkpoint;`;
    await run(this.#shell, [`127.0.0.1:${this.#sql}`, 'dba', 'dba', `exec=${statement}`], { maxBuffer: 64 * 1024 ** 2 });
  }

  target(query: string, graph: string, format: string): string {
    return `/sparql?${new URLSearchParams({ 'default-graph-uri': graph, query, format }).toString()}`;
  }

  ask(target: string): Promise<Reply> {
    return call(this.#agent, this.url + target);
  }

  async stop(): Promise<void> {
    this.#agent.destroy();
    if (this.#child.exitCode !== null) return;
    const gone = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await gone;
  }
}
