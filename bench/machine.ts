import { availableParallelism, cpus, loadavg, totalmem } from 'node:os';

/** Where and under what load the figures were taken. */
export function machine(): string {
  const model = cpus()[0]?.model ?? 'unknown processor';
  const load = loadavg().map((value) => value.toFixed(1)).join(' ');
  return `${availableParallelism()} cores (${model.trim()}), ${(totalmem() / 1024 ** 3).toFixed(0)} GB, node ${process.version}, ${process.platform}, load average ${load}`;
}
