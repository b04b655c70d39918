import { setTimeout as sleep } from 'node:timers/promises';
import type { Bench } from '../bench.js';
import { organisations, perGroup } from '../dataset.js';
import { sizeName } from '../figures.js';

const rest = 5000;
const gigabyte = 1024 ** 3;

/** Resident memory of the whole service after a start, and what it means for other sizes and numbers of readers. */
export async function memory(bench: Bench): Promise<void> {
  const { readers, sizes } = bench.options;
  const section = `Memory of the whole service (writer and ${readers} readers)`;
  const points: { quads: number; rss: number }[] = [];
  for (const quads of [0, ...sizes.slice(1)]) {
    bench.progress(`memory: ${quads} quads`);
    const service = await bench.start(quads === 0 ? await bench.folder() : await bench.copy(quads));
    await sleep(rest);
    const { rss } = await service.usage();
    await service.stop();
    const loaded = quads === 0 ? 0 : organisations(quads) * perGroup;
    points.push({ quads: loaded, rss });
    const column = quads === 0 ? 'empty' : sizeName(quads);
    bench.add(section, 'resident after a start', 'MB', column, Math.round(rss / 1024 ** 2));
    const [empty] = points;
    if (quads > 0 && empty) bench.add(section, 'more than empty, per quad', 'bytes', column, Math.round((rss - empty.rss) / loaded));
  }
  const [empty, last] = [points[0], points.at(-1)];
  if (!empty || !last) return;
  const perStore = (last.rss - empty.rss) / last.quads / (readers + 1);
  const perThread = empty.rss / (readers + 1);
  const ram = `RAM by quads and readers (${Math.round(perStore)} bytes per quad and store)`;
  for (const count of [2, 4, 8]) {
    for (const quads of [100_000, 1_000_000, 3_000_000, 5_000_000]) {
      const bytes = (count + 1) * (perThread + perStore * quads);
      bench.add(ram, `${count} readers`, 'GB', sizeName(quads), bytes / gigabyte);
    }
  }
}
