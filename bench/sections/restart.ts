import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Bench } from '../bench.js';
import { sizeName } from '../figures.js';

/** From the start of the process until `/status` answers 200, after a kill. */
export async function restart(bench: Bench): Promise<void> {
  const section = 'Restart after a kill, until /status answers 200';
  const empty = await bench.start(await bench.folder());
  bench.add(section, 'new folder, no seed', 's', sizeName(bench.options.sizes[2]), empty.readyAfter / 1000);
  await empty.stop();
  for (const quads of bench.options.sizes.slice(1)) {
    const folder = await bench.copy(quads);
    const column = sizeName(quads);
    for (const way of ['with snapshot', 'without snapshot, from the log']) {
      if (way !== 'with snapshot') await rm(join(folder, 'snapshots'), { recursive: true, force: true });
      bench.progress(`restart: ${quads} quads, ${way}`);
      const service = await bench.start(folder);
      bench.add(section, way, 's', column, service.readyAfter / 1000);
      if (way === 'with snapshot') bench.add(section, 'and until a steward is answered', 's', column, (await service.warmed()) / 1000);
      await service.stop();
    }
  }
}
