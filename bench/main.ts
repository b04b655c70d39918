import { writeFile } from 'node:fs/promises';
import { Bench } from './bench.js';
import { table } from './figures.js';
import { machine } from './machine.js';
import { readOptions, usage } from './options.js';
import { attack } from './sections/attack.js';
import { churn } from './sections/churn.js';
import { commit } from './sections/commit.js';
import { delta } from './sections/delta.js';
import { http } from './sections/http.js';
import { ldes } from './sections/ldes.js';
import { load } from './sections/load.js';
import { memory } from './sections/memory.js';
import { mix } from './sections/mix.js';
import { restart } from './sections/restart.js';
import { sparql } from './sections/sparql.js';
import { warm } from './sections/warm.js';

const sections: Readonly<Record<string, (bench: Bench) => Promise<void>>> = { load, commit, http, sparql, mix, warm, attack, restart, memory, delta, ldes, churn };

/** Measures and prints; a section that fails is told and the others go on. */
async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  const chosen = options.only.length > 0 ? options.only : Object.keys(sections);
  const unknown = chosen.filter((name) => !(name in sections));
  if (unknown.length > 0) throw new Error(`no section ${unknown.join(', ')}`);
  const bench = new Bench(options);
  const before = machine();
  console.log(before);
  // Ctrl-C after an hour still shows what was measured.
  process.once('SIGINT', () => {
    console.log(table(bench.figures));
    void bench.close().then(() => process.exit(130));
  });
  try {
    for (const name of chosen) {
      try {
        await sections[name]?.(bench);
      } catch (error) {
        process.exitCode = 1;
        bench.progress(`${name} failed: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
  } finally {
    await bench.close();
  }
  console.log(table(bench.figures));
  if (options.json) await writeFile(options.json, `${JSON.stringify({ machine: before, options, figures: bench.figures }, undefined, 1)}\n`);
}

try {
  await main();
} catch (error) {
  console.error(`${error instanceof Error ? error.message : String(error)}\n${usage}`);
  process.exitCode = 2;
}
