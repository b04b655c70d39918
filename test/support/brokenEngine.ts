import Module from 'node:module';

/**
 * Loaded before anything else in each thread of a service under test (`--import`): an engine that breaks on what names
 * `urn:breekt`, as a defect in it would, and whose thread ends on what names `urn:sterft`. No query that does so is known.
 */
interface Engine {
  readonly Store: { readonly prototype: { query(text: string, options: object): unknown } };
}

/** What a trap throws (WebAssembly JavaScript Interface §5.8). */
const { RuntimeError } = Reflect.get(globalThis, 'WebAssembly') as { readonly RuntimeError: new (message: string) => Error };

const { require: original } = Module.prototype;

Module.prototype.require = function required(this: NodeJS.Module, name: string): unknown {
  const loaded: unknown = Reflect.apply(original, this, [name]);
  if (name === 'oxigraph') breaking(loaded as Engine);
  return loaded;
} as typeof original;

function breaking({ Store: { prototype } }: Engine): void {
  const { query } = prototype;
  prototype.query = function broken(this: typeof prototype, text, options) {
    if (text.includes('urn:sterft')) process.exit(1);
    if (text.includes('urn:breekt')) throw new RuntimeError('unreachable executed');
    return Reflect.apply(query, this, [text, options]);
  };
}
