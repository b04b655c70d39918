import type { Output } from './io.js';

const width = 28;
const redrawMs = 100;
/** Between two redraws while nothing comes in: whoever looks sees that it goes on. */
const tickMs = 1000;

/** How far something is: a bar on a terminal, otherwise a plain line when it starts and when it is done. */
export class Progress implements Disposable {
  readonly #output: Output;
  readonly #label: string;
  readonly #total: number;
  readonly #begun = Date.now();
  readonly #ticking: NodeJS.Timeout | undefined;
  #drawn = 0;
  #last = { done: 0, note: '' };

  constructor(output: Output, label: string, total: number) {
    this.#output = output;
    this.#label = label;
    this.#total = total;
    if (output.isTTY === true) this.#ticking = setInterval(() => this.#draw(), tickMs).unref();
    else output.write(`${label} …\n`);
  }

  update(done: number, note = ''): void {
    this.#last = { done, note };
    if (this.#output.isTTY === true && Date.now() - this.#drawn >= redrawMs) this.#draw();
  }

  #draw(): void {
    this.#drawn = Date.now();
    const { done, note } = this.#last;
    const share = this.#total > 0 ? Math.min(1, done / this.#total) : 0;
    const full = Math.round(share * width);
    const bar = `${'█'.repeat(full)}${'░'.repeat(width - full)}`;
    // A terminal that does not say how wide it is has 0.
    const columns = this.#output.columns || 100;
    const seconds = Math.floor((this.#drawn - this.#begun) / 1000);
    const text = `${this.#label} ${bar} ${String(Math.floor(share * 100)).padStart(3)} %${note === '' ? '' : ` ${note}`}${seconds === 0 ? '' : ` (${seconds} s)`}`;
    this.#output.write(`\r${text.slice(0, columns - 1)}\u001b[K`);
  }

  /** Takes the bar away: what follows says how it ended. */
  [Symbol.dispose](): void {
    clearInterval(this.#ticking);
    if (this.#output.isTTY === true && this.#drawn > 0) this.#output.write('\r\u001b[K');
  }
}
