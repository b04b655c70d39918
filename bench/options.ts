import { parseArgs } from 'node:util';

export interface Options {
  /** Names of the sections to run; empty: all. */
  readonly only: readonly string[];
  readonly quick: boolean;
  /** File for the figures as JSON. */
  readonly json: string | undefined;
  readonly readers: number;
  /** Small commits of the section `churn`. */
  readonly churn: number;
  /** Sizes of the graph in quads: small, middle and large. */
  readonly sizes: readonly [small: number, middle: number, large: number];
  /** Sizes at which the section `mix` is taken. */
  readonly mix: readonly number[];
  readonly commits: number;
}

export const usage = `npm run bench -- [--only load,commit,http,sparql,mix,warm,attack,restart,memory,delta,churn,ldes] [--quick] [--json FILE] [--readers N] [--churn N] [--mix SIZES]
  --only     sections to run, in this order
  --quick    graphs of 1k, 10k and 100k quads and fewer repetitions: a minute or two
  --json     writes the figures to a file as well
  --readers  reader threads of the service (default 2)
  --mix      sizes of the section mix, as in 10k,100k (default all three)
  --churn    number of small commits of the section churn (default 100000, quick 2000)`;

export function readOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      only: { type: 'string' },
      quick: { type: 'boolean', default: false },
      json: { type: 'string' },
      readers: { type: 'string', default: '2' },
      churn: { type: 'string' },
      mix: { type: 'string' },
    },
  });
  const { quick } = values;
  const sizes: Options['sizes'] = quick ? [1000, 10_000, 100_000] : [10_000, 100_000, 1_000_000];
  return {
    only: values.only?.split(',').filter(Boolean) ?? [],
    quick,
    json: values.json,
    readers: whole(values.readers),
    churn: whole(values.churn ?? (quick ? '2000' : '100000')),
    sizes,
    mix: values.mix?.split(',').map((size) => whole(size.replace(/k$/, '000').replace(/M$/, '000000'))) ?? sizes,
    commits: quick ? 60 : 200,
  };
}

function whole(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 1) throw new Error(`${text} is not a whole number above 0`);
  return value;
}
