import type { Status } from '../graph/api.js';

const bounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

interface Series {
  readonly buckets: number[];
  count: number;
  sum: number;
}

/** Counts requests by method and status class and writes the Prometheus text format (version 0.0.4). */
export class Metrics {
  readonly #requests = new Map<string, number>();
  readonly #durations: Series = { buckets: bounds.map(() => 0), count: 0, sum: 0 };

  observe(method: string, status: number, seconds: number): void {
    const labels = `method="${/^[A-Z]{1,10}$/.test(method) ? method : 'OTHER'}",status="${status}"`;
    this.#requests.set(labels, (this.#requests.get(labels) ?? 0) + 1);
    this.#durations.count += 1;
    this.#durations.sum += seconds;
    const at = bounds.findIndex((bound) => seconds <= bound);
    if (at !== -1) this.#durations.buckets[at] = (this.#durations.buckets[at] ?? 0) + 1;
  }

  text(status: Status): string {
    const lines = ['# HELP regiograaf_http_requests_total Requests answered.', '# TYPE regiograaf_http_requests_total counter'];
    for (const [labels, count] of this.#requests) lines.push(`regiograaf_http_requests_total{${labels}} ${count}`);
    lines.push('# HELP regiograaf_http_request_seconds Time to answer.', '# TYPE regiograaf_http_request_seconds histogram');
    let cumulative = 0;
    bounds.forEach((bound, index) => {
      cumulative += this.#durations.buckets[index] ?? 0;
      lines.push(`regiograaf_http_request_seconds_bucket{le="${bound}"} ${cumulative}`);
    });
    lines.push(
      `regiograaf_http_request_seconds_bucket{le="+Inf"} ${this.#durations.count}`,
      `regiograaf_http_request_seconds_sum ${this.#durations.sum}`,
      `regiograaf_http_request_seconds_count ${this.#durations.count}`,
    );
    const gauge = (name: string, help: string, value: number): void => {
      lines.push(`# HELP regiograaf_${name} ${help}`, `# TYPE regiograaf_${name} gauge`, `regiograaf_${name} ${value}`);
    };
    gauge('ready', 'Whether the service answers.', status.ready ? 1 : 0);
    gauge('writable', 'Whether writes are accepted.', status.writable ? 1 : 0);
    gauge('commit', 'Number of the last commit.', status.commit);
    gauge('readers', 'Reader threads that answer queries.', status.readers);
    gauge('resident_memory_bytes', 'Resident memory of the process.', status.memory.rssBytes);
    return `${lines.join('\n')}\n`;
  }
}
