import { z } from 'zod';
import { shrink } from '../rdf/prefixes.js';
import { table } from './shown.js';

const term = z.object({ type: z.string(), value: z.string(), 'xml:lang': z.string().optional() });
const results = z.union([
  z.object({ boolean: z.boolean() }),
  z.object({ head: z.object({ vars: z.array(z.string()) }), results: z.object({ bindings: z.array(z.record(z.string(), term)) }) }),
]);

const widest = 60;

/** SPARQL results (JSON) as a table for a terminal; long values are cut. */
export function resultTable(json: string): string {
  const parsed = results.parse(JSON.parse(json));
  if ('boolean' in parsed) return `${parsed.boolean}\n`;
  const { vars } = parsed.head;
  const rows = parsed.results.bindings.map((binding) => vars.map((name) => cellOf(binding[name])));
  return table([vars.map((name) => `?${name}`), ...rows]);
}

function cellOf(found: z.infer<typeof term> | undefined): string {
  if (found === undefined) return '';
  const text = found.type === 'uri' ? (shrink(found.value) ?? found.value) : found.value.replaceAll(/\s+/gu, ' ');
  const tagged = found['xml:lang'] === undefined ? text : `${text} @${found['xml:lang']}`;
  // IRIs are kept whole, so that they can be copied.
  return found.type !== 'uri' && tagged.length > widest ? `${tagged.slice(0, widest - 1)}…` : tagged;
}
