import { PassThrough, Readable, Writable } from 'node:stream';
import { run } from '../../../src/cli/program.js';

export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

class Collected extends Writable {
  text = '';

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.text += chunk.toString('utf8');
    done();
  }
}

/** Runs the command line in this process, off the terminal. */
export async function cli(args: readonly string[], options: { readonly env?: Readonly<Record<string, string>>; readonly input?: string } = {}): Promise<Ran> {
  const stdout = new Collected();
  const stderr = new Collected();
  const stdin = options.input === undefined ? new PassThrough().end() : Readable.from([Buffer.from(options.input)]);
  const code = await run(args, { stdin, stdout, stderr, env: options.env ?? {} });
  return { code, out: stdout.text, err: stderr.text };
}
