import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join, posix, relative, sep } from 'node:path';
import { resource } from '../../src/resources.js';

/** Lowest first; what stands on one line may know each other. Modules directly in src are `root`, above all but the command line. */
const layers: readonly (readonly string[])[] = [
  ['faults', 'resources', 'nearNames'],
  ['rdf'],
  ['graph'],
  ['validation', 'access'],
  ['datasets', 'insight', 'publication', 'federation'],
  ['pages', 'browser'],
  ['http'],
  ['root'],
  ['cli'],
];

/** Who alone may import these packages: the rest knows our own ports. */
const adapters: Readonly<Record<string, readonly string[]>> = {
  express: ['http', 'root'],
  oxigraph: ['graph/engine'],
  'better-sqlite3': ['graph/journal', 'graph/changes', 'access', 'publication'],
  'rdf-validate-shacl': ['validation'],
};

const source = resource('src');
const shared = new Set(['faults', 'resources', 'nearNames']);

interface Import {
  readonly from: string;
  readonly to: string;
  readonly ours: boolean;
}

function rank(path: string): number {
  const [first = ''] = path.split('/');
  const name = path.includes('/') || shared.has(first) ? first : 'root';
  return layers.findIndex((layer) => layer.includes(name));
}

function* imports(): Generator<Import> {
  for (const entry of readdirSync(source, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !entry.name.endsWith('.ts')) continue;
    const file = join(entry.parentPath, entry.name);
    const from = relative(source, file).split(sep).join('/').replace(/\.ts$/, '');
    for (const [, to = ''] of readFileSync(file, 'utf8').matchAll(/^(?:import|export)\b[^;]*? from '([^']+)';|^import '([^']+)';/gmu)) {
      const ours = to.startsWith('.');
      yield { from, to: ours ? posix.join(posix.dirname(from), to).replace(/\.js$/, '') : to, ours };
    }
  }
}

describe('the layers of the source', () => {
  const all = [...imports()];

  it('are all known, so that a new folder gets its place here', () => {
    assert.ok(all.length > 500);
    assert.deepEqual([...new Set(all.filter(({ from }) => rank(from) < 0).map(({ from }) => from))], []);
  });

  it('import only from their own level or below', () => {
    const upward = all.filter(({ from, to, ours }) => ours && rank(to) > rank(from));
    assert.deepEqual(upward.map(({ from, to }) => `${from} imports ${to}`), []);
  });

  it('leave the engine, the database, the SHACL library and Express to their adapters', () => {
    const foreign = all.filter(({ from, to }) => {
      const owners = adapters[to.split('/')[0] ?? ''];
      return owners !== undefined && !owners.some((owner) => from.startsWith(`${owner}/`) || (owner === 'root' && !from.includes('/')));
    });
    assert.deepEqual(foreign.map(({ from, to }) => `${from} imports ${to}`), []);
  });
});
