import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { BareJob } from './bareExpress.js';
import type { WireJob, WireResult } from './wireLoad.js';

/** Asks one child process one thing. */
async function inChild<A>(module: string, job: unknown): Promise<{ readonly child: ChildProcess; readonly answer: A }> {
  const child = fork(new URL(module, import.meta.url), { execArgv: [] });
  const answered = once(child, 'message');
  child.send(job as object);
  const [answer] = (await answered) as [A];
  return { child, answer };
}

/** A load from a process of its own. */
export async function wireLoad(job: WireJob): Promise<WireResult> {
  const { child, answer } = await inChild<WireResult>('./wireLoad.js', job);
  child.kill();
  return answer;
}

/** Starts a bare Express route; `stop` ends it. */
export async function bareExpress(job: BareJob): Promise<{ readonly url: string; stop(): void }> {
  const { child, answer } = await inChild<{ readonly url: string }>('./bareExpress.js', job);
  return { url: answer.url, stop: () => child.kill() };
}
