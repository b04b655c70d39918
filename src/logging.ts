import { pino, type DestinationStream, type Logger } from 'pino';
import type { Config } from './config.js';

/** Characters gathered before they are written, characters that may wait at most, and milliseconds a line waits at most. */
const gathered = 4096;
const waiting = 1024 * 1024;
const wait = 250;

let standardOutput: DestinationStream | undefined;

/**
 * The log of a service, as JSON lines on standard output: written beside the answering of requests, in one go for many,
 * and at the latest when the process ends. Whoever reads too slowly, or not at all, loses lines and holds nobody up; a
 * log that cannot be written (a full disk) does not end the service.
 */
export function serviceLog(level: Config['logLevel']): Logger {
  // One for the process: it is written once more at exit.
  standardOutput ??= pino.destination({ dest: 1, sync: false, minLength: gathered, maxLength: waiting, periodicFlush: wait }).on('error', () => undefined);
  return pino({ level, base: null }, standardOutput);
}
