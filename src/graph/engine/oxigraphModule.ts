import { createRequire } from 'node:module';

type Oxigraph = typeof import('oxigraph');

/** The part of the WebAssembly interface used here (its types belong to the browser library). */
interface WasmHost {
  Instance: new (module: object, imports?: object) => { readonly exports: Readonly<Record<string, unknown>> };
}

interface WasmMemory {
  readonly buffer: ArrayBuffer;
}

function isMemory(value: unknown): value is WasmMemory {
  return typeof value === 'object' && value !== null && 'buffer' in value && value.buffer instanceof ArrayBuffer;
}

/**
 * Loads the engine and keeps hold of its linear memory, which the package does not export: the one WebAssembly
 * instance it makes while it loads is caught on the way. An earlier import of the package in the same thread leaves
 * nothing to catch: then `memory` is undefined.
 */
function loadOxigraph(): { readonly oxigraph: Oxigraph; readonly memory: WasmMemory | undefined } {
  const host = Reflect.get(globalThis, 'WebAssembly') as WasmHost;
  const { Instance } = host;
  const caught: WasmMemory[] = [];
  host.Instance = class extends Instance {
    constructor(module: object, imports?: object) {
      super(module, imports);
      const { memory } = this.exports;
      if (isMemory(memory)) caught.push(memory);
    }
  };
  try {
    const oxigraph = createRequire(import.meta.url)('oxigraph') as Oxigraph;
    return { oxigraph, memory: caught[0] };
  } finally {
    host.Instance = Instance;
  }
}

const loaded = loadOxigraph();

/** The engine's package. */
export const oxigraph: Oxigraph = loaded.oxigraph;

/** Bytes of the engine's linear memory in this thread; the process's resident size where that is unknown. */
export function engineMemory(): number {
  return loaded.memory?.buffer.byteLength ?? process.memoryUsage.rss();
}

/** After a trap the engine's memory is not to be trusted any more (WebAssembly core specification §4.4). */
export function isTrap(error: unknown): boolean {
  return (error instanceof Error && error.name === 'RuntimeError') || (error instanceof RangeError && error.message.includes('call stack'));
}
