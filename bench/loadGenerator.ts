import { Agent } from 'node:http';
import { call } from './http.js';

export interface LoadJob {
  readonly url: string;
  readonly paths: readonly string[];
  readonly headers: Readonly<Record<string, string>>;
  readonly connections: number;
  readonly requests: number;
  /** The status that counts as right. */
  readonly expected: number;
}

export interface LoadResult {
  readonly milliseconds: number;
  readonly latencies: readonly number[];
  /** Answers with another status than expected, and the first of them. */
  readonly wrong: number;
  readonly example?: string;
}

/** Asks over kept connections, each as fast as it is answered. Runs in a process of its own. */
async function generate({ url, paths, headers, connections, requests, expected }: LoadJob): Promise<LoadResult> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const latencies: number[] = [];
  let next = 0;
  let wrong = 0;
  let example: string | undefined;
  const begun = performance.now();
  await Promise.all(
    Array.from({ length: connections }, async () => {
      while (next < requests) {
        const path = paths[next % paths.length] ?? '/';
        next += 1;
        const { status, milliseconds, body } = await call(agent, url + path, { headers });
        latencies.push(milliseconds);
        if (status === expected) continue;
        wrong += 1;
        example ??= `${path}: ${status} ${body.slice(0, 300)}`;
      }
    }),
  );
  agent.destroy();
  return { milliseconds: performance.now() - begun, latencies, wrong, ...(example === undefined ? {} : { example }) };
}

process.on('message', (job: LoadJob) => {
  void generate(job).then((result) => process.send?.(result));
});
