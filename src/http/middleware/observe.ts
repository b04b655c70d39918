import type { RequestHandler } from 'express';
import { info } from '../context.js';
import type { Metrics } from '../metrics.js';
import type { Log } from '../options.js';

/** Logs and counts every answer. Paths are logged without their query: queries may hold what somebody looked for. */
export function observe(log: Log, metrics: Metrics): RequestHandler {
  return (req, res, next) => {
    res.once('close', () => {
      const { id, started, path } = info(res);
      const seconds = Number(process.hrtime.bigint() - started) / 1e9;
      metrics.observe(req.method, res.statusCode, seconds);
      const complete = res.writableFinished;
      log.info({ id, method: req.method, path, status: res.statusCode, ms: Math.round(seconds * 1000), ...(complete ? {} : { aborted: true }) }, 'request');
    });
    next();
  };
}
