import { constants, platform, setPriority } from 'node:os';

const levels = {
  /** Work somebody waits for, but not first. */
  queries: constants.priority.PRIORITY_BELOW_NORMAL / 2,
  /** Work that may take its time: what follows the log, the past. */
  background: constants.priority.PRIORITY_BELOW_NORMAL,
} as const;

/**
 * Lets threads that somebody waits for go before the calling one. On Linux a thread has a priority of its own
 * (setpriority(2), PRIO_PROCESS with 0); elsewhere it stays as it is, since it would be that of the whole process.
 */
export function giveWay(level: keyof typeof levels): void {
  if (platform() === 'linux') setPriority(levels[level]);
}
