/** One measured number and its place in the table: sections below each other, columns side by side. */
export interface Figure {
  readonly section: string;
  readonly measure: string;
  readonly unit: string;
  readonly column: string;
  readonly value: number | string;
}

/** Milliseconds, bytes and rates with as many digits as mean something. */
function shown(value: number | string): string {
  if (typeof value === 'string') return value;
  if (!Number.isFinite(value)) return '-';
  const digits = Math.abs(value) >= 100 || Number.isInteger(value) ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return value.toFixed(digits).replace(/\B(?=(\d{3})+(?!\d))/g, digits === 0 ? '\u202f' : '');
}

/** `1000` -> `1k`, `1000000` -> `1M`. */
export function sizeName(quads: number): string {
  if (quads % 1_000_000 === 0) return `${quads / 1_000_000}M`;
  return quads % 1000 === 0 ? `${quads / 1000}k` : String(quads);
}

/** The figures as one text table. */
export function table(figures: readonly Figure[]): string {
  const lines: string[] = [];
  for (const section of new Set(figures.map((figure) => figure.section))) {
    const own = figures.filter((figure) => figure.section === section);
    const columns = [...new Set(own.map((figure) => figure.column))];
    const measures = [...new Set(own.map(({ measure, unit }) => `${measure} [${unit}]`))];
    const cell = (measure: string, column: string): string => shown(own.find((figure) => figure.column === column && `${figure.measure} [${figure.unit}]` === measure)?.value ?? '');
    const rows = measures.map((measure) => [measure].concat(columns.map((column) => cell(measure, column))));
    lines.push('', ...aligned([[section, ...columns], ...rows]));
  }
  return lines.join('\n');
}

function aligned(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = (rows[0] ?? []).map((_, index) => Math.max(...rows.map((row) => row[index]?.length ?? 0), index === 0 ? 48 : 10));
  const text = rows.map((row) => row.map((cell, index) => (index === 0 ? cell.padEnd(widths[index] ?? 0) : cell.padStart(widths[index] ?? 0))).join('  ').trimEnd());
  const [head = '', ...body] = text;
  return [head, '-'.repeat(Math.max(...text.map((line) => line.length))), ...body];
}

/** The value below which a share of the values lies (nearest rank). */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}

export function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}
