import type { Bench } from '../bench.js';
import { organisations, perGroup } from '../dataset.js';
import { sizeName } from '../figures.js';

/** A dataset from the first byte of its upload until it is validated, in the log and at the readers. */
export async function load(bench: Bench): Promise<void> {
  const section = 'Load and validate a dataset (Turtle, PUT /datasets/…/inhoud)';
  for (const quads of bench.options.sizes) {
    const folder = await bench.folder();
    const service = await bench.start(folder);
    bench.progress(`load: ${quads} quads`);
    const before = await service.usage();
    const milliseconds = await bench.load(service, quads);
    const after = await service.usage();
    const loaded = organisations(quads) * perGroup;
    const column = sizeName(quads);
    bench.add(section, 'quads', 'quads', column, loaded);
    bench.add(section, 'time', 's', column, milliseconds / 1000);
    bench.add(section, 'processor time, all threads', 's', column, (after.cpu - before.cpu) / 1000);
    bench.add(section, 'speed', 'quads/s', column, Math.round((loaded / milliseconds) * 1000));
    const begun = performance.now();
    await bench.settled(folder, quads);
    bench.add(section, 'until its snapshot is written', 's', column, quads < 100_000 ? '-' : (performance.now() - begun) / 1000);
    await service.stop('close');
    bench.keep(quads, folder);
  }
}
