import { availableParallelism } from 'node:os';
import { readConfig } from '../src/config.js';
import { createService } from '../src/service.js';

/** The service as `regiograaf serve` composes it, that tells its parent its address and, when asked, what it uses. */
const service = await createService(readConfig(process.env));
const { url } = await service.listen();
process.send?.({ url: url.replace(/\/$/, ''), cores: availableParallelism() });

process.on('message', (message) => {
  const { user, system } = process.cpuUsage();
  if (message === 'usage') process.send?.({ rss: process.memoryUsage.rss(), cpu: (user + system) / 1000 });
  if (message === 'stop') void service.close().then(() => process.exit(0));
});
process.on('disconnect', () => process.exit(0));
