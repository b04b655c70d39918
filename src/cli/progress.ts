import type { Output } from './io.js';

const width = 28;
const redrawMs = 100;

/** How far something is: a bar on a terminal, otherwise a plain line when it starts and when it is done. */
export class Progress implements Disposable {
  readonly #output: Output;
  readonly #label: string;
  readonly #total: number;
  #drawn = 0;

  constructor(output: Output, label: string, total: number) {
    this.#output = output;
    this.#label = label;
    this.#total = total;
    if (output.isTTY !== true) output.write(`${label} …\n`);
  }

  update(done: number, note = ''): void {
    if (this.#output.isTTY !== true || Date.now() - this.#drawn < redrawMs) return;
    this.#drawn = Date.now();
    const share = this.#total > 0 ? Math.min(1, done / this.#total) : 0;
    const full = Math.round(share * width);
    const bar = `${'█'.repeat(full)}${'░'.repeat(width - full)}`;
    const text = `${this.#label} ${bar} ${String(Math.floor(share * 100)).padStart(3)} % ${note}`;
    this.#output.write(`\r${text.slice(0, (this.#output.columns ?? 100) - 1)}\u001b[K`);
  }

  /** Takes the bar away: what follows says how it ended. */
  [Symbol.dispose](): void {
    if (this.#output.isTTY === true && this.#drawn > 0) this.#output.write('\r\u001b[K');
  }
}
