import { attack, type Attack } from './attack.js';

/** Attacks from a process of its own, until told to stop; then it tells how it was received. */
const stop = new AbortController();
process.on('message', (message) => {
  if (message === 'stop') stop.abort();
  else void attack(message as Attack, stop.signal).then((tally) => process.send?.([...tally], () => process.exit(0)));
});
