import { availableParallelism } from 'node:os';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { readConfig } from '../src/config.js';
import { createService } from '../src/service.js';

/** The service as `regiograaf serve` composes it, that tells its parent its address and, when asked, what it uses. */
const service = await createService(readConfig(process.env));
const { url } = await service.listen();
process.send?.({ url: url.replace(/\/$/, ''), cores: availableParallelism() });

/** How long the main thread was held up, beyond the resolution of the timer itself. */
const resolution = 10;
const held = monitorEventLoopDelay({ resolution });
held.enable();

process.on('message', (message) => {
  const { user, system } = process.cpuUsage();
  if (message === 'usage') process.send?.({ rss: process.memoryUsage.rss(), cpu: (user + system) / 1000 });
  if (message === 'delay') {
    process.send?.({ p99: held.percentile(99) / 1e6 - resolution, max: held.max / 1e6 - resolution });
    held.reset();
  }
  if (message === 'stop') void service.close().then(() => process.exit(0));
});
process.on('disconnect', () => process.exit(0));
