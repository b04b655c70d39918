import { connect, type Socket } from 'node:net';

export interface WireJob {
  readonly url: string;
  /** Targets asked for in turn. */
  readonly targets: readonly string[];
  readonly headers: Readonly<Record<string, string>>;
  readonly connections: number;
  /** Milliseconds. */
  readonly duration: number;
  readonly expected: number;
}

export interface WireResult {
  readonly perSecond: number;
  readonly latencies: readonly number[];
  readonly wrong: number;
  readonly example?: string;
  readonly bytes: number;
}

/** Finds the end of the answer that starts a buffer; undefined when more has to come. */
function endOfAnswer(buffer: Buffer): number | undefined {
  const head = buffer.indexOf('\r\n\r\n');
  if (head < 0) return undefined;
  const headers = buffer.toString('latin1', 0, head).toLowerCase();
  const start = head + 4;
  if (/^http\/1\.1 (?:204|304)/.test(headers)) return start;
  const length = /\r\ncontent-length: *(\d+)/.exec(headers)?.[1];
  if (length !== undefined) return buffer.length >= start + Number(length) ? start + Number(length) : undefined;
  if (!/\r\ntransfer-encoding: *chunked/.test(headers)) throw new Error('an answer without a length');
  for (let at = start; ; ) {
    const line = buffer.indexOf('\r\n', at);
    if (line < 0) return undefined;
    const size = Number.parseInt(buffer.toString('latin1', at, line), 16);
    at = line + 2 + size + 2;
    if (at > buffer.length) return undefined;
    if (size === 0) return at;
  }
}

/** Asks over plain sockets, so that the client costs as little as it can. Runs in a process of its own. */
async function generate({ url, targets, headers, connections, duration, expected }: WireJob): Promise<WireResult> {
  const { hostname, port, host } = new URL(url);
  const fixed = Object.entries({ host, ...headers }).map(([name, value]) => `${name}: ${value}\r\n`).join('');
  const latencies: number[] = [];
  let [next, wrong, bytes, example] = [0, 0, 0, undefined as string | undefined];
  const begun = performance.now();
  const run = (socket: Socket): Promise<void> =>
    new Promise((resolve, reject) => {
      let buffer: Buffer = Buffer.alloc(0);
      let asked = 0;
      const ask = (): void => {
        if (performance.now() - begun > duration) {
          socket.destroy();
          resolve();
          return;
        }
        const target = targets[(next += 1) % targets.length] ?? '/';
        asked = performance.now();
        socket.write(`GET ${target} HTTP/1.1\r\n${fixed}\r\n`);
      };
      socket.on('data', (chunk) => {
        buffer = buffer.length === 0 ? chunk : Buffer.concat([buffer, chunk]);
        const end = endOfAnswer(buffer);
        if (end === undefined) return;
        latencies.push(performance.now() - asked);
        bytes = end;
        if (buffer.toString('latin1', 9, 12) !== String(expected)) {
          wrong += 1;
          example ??= buffer.toString('utf8', 0, 600);
        }
        buffer = buffer.subarray(end);
        ask();
      });
      socket.once('error', reject);
      socket.once('connect', ask);
    });
  await Promise.all(Array.from({ length: connections }, () => run(connect({ host: hostname, port: Number(port), noDelay: true }))));
  const seconds = (performance.now() - begun) / 1000;
  return { perSecond: latencies.length / seconds, latencies, wrong, bytes, ...(example === undefined ? {} : { example }) };
}

process.on('message', (job: WireJob) => {
  void generate(job).then((result) => process.send?.(result));
});
