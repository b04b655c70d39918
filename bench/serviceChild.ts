import { availableParallelism } from 'node:os';
import { readConfig } from '../src/config.js';
import { createService } from '../src/service.js';

/** The service as `regiograaf serve` composes it, that tells its parent its address and, when asked, its memory. */
const service = await createService(readConfig(process.env));
const { url } = await service.listen();
process.send?.({ url: url.replace(/\/$/, ''), cores: availableParallelism() });

process.on('message', (message) => {
  if (message === 'memory') process.send?.({ rss: process.memoryUsage.rss() });
  if (message === 'stop') void service.close().then(() => process.exit(0));
});
process.on('disconnect', () => process.exit(0));
