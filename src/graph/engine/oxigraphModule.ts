import { createRequire } from 'node:module';
import { workerData } from 'node:worker_threads';
import { Fault } from '../../faults.js';
import { engineFailed, outOfMemory, tooDeep } from './engineFaults.js';
import { limitMemory } from './wasmMemory.js';

type Oxigraph = typeof import('oxigraph');

/** Bytes a 32-bit memory can have. */
const mostMemory = 4 * 1024 ** 3;

/** The part of the WebAssembly interface used here (its types belong to the browser library). */
interface WasmHost {
  Module: new (bytes: Uint8Array<ArrayBuffer>) => object;
  Instance: new (module: object, imports?: object) => { readonly exports: Readonly<Record<string, unknown>> };
}

interface WasmMemory {
  readonly buffer: ArrayBuffer;
}

function isMemory(value: unknown): value is WasmMemory {
  return typeof value === 'object' && value !== null && 'buffer' in value && value.buffer instanceof ArrayBuffer;
}

/**
 * Bytes the engine of this thread may hold, when whoever started the thread says so. An allocation beyond it traps
 * there and then, so that no query can take the memory of the others.
 */
const memoryLimit = limitOf(workerData);

function limitOf(data: unknown): number | undefined {
  if (typeof data !== 'object' || data === null || !('engineBytes' in data)) return undefined;
  return typeof data.engineBytes === 'number' ? data.engineBytes : undefined;
}

/**
 * Loads the engine and keeps hold of its linear memory, which the package does not export: the one WebAssembly
 * instance it makes while it loads is caught on the way. An earlier import of the package in the same thread leaves
 * nothing to catch: then `memory` is undefined.
 */
function loadOxigraph(): { readonly oxigraph: Oxigraph; readonly memory: WasmMemory | undefined } {
  const host = Reflect.get(globalThis, 'WebAssembly') as WasmHost;
  const { Instance, Module } = host;
  const caught: WasmMemory[] = [];
  host.Module = class extends Module {
    constructor(bytes: Uint8Array<ArrayBuffer>) {
      super(memoryLimit === undefined ? bytes : limitMemory(bytes, memoryLimit));
    }
  };
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
    host.Module = Module;
  }
}

const loaded = loadOxigraph();

/** The engine's package. */
export const oxigraph: Oxigraph = loaded.oxigraph;

/** Bytes of the engine's linear memory in this thread; the process's resident size where that is unknown. */
export function engineMemory(): number {
  return loaded.memory?.buffer.byteLength ?? process.memoryUsage.rss();
}

/** True when the engine has come near what it may hold: then a trap was most likely an allocation that failed. */
export function isMemoryFull(): boolean {
  // Its vectors double: the one that did not fit may have asked for as much again.
  return engineMemory() > (memoryLimit ?? mostMemory) / 3;
}

/** True for a trap of the engine's stack, which lies at the low end of its memory. */
export function isOverflow(error: unknown): boolean {
  return error instanceof RangeError || (error instanceof Error && error.message.includes('out of bounds'));
}

/** After a trap the engine's memory is not to be trusted any more (WebAssembly core specification §4.4). */
export function isTrap(error: unknown): boolean {
  return (error instanceof Error && error.name === 'RuntimeError') || (error instanceof RangeError && error.message.includes('call stack'));
}

/** True for a text that does not fit in a string of V8. */
export function isTooLong(error: unknown): boolean {
  return error instanceof Error && (('code' in error && error.code === 'ERR_STRING_TOO_LONG') || error.message === 'Invalid string length');
}

/**
 * What an error of the engine, or of work that is too deep or too large, is to who asked for it: a fault with an advice.
 * Any other error is our own mistake and stays as it is.
 */
export function faultOf(error: unknown): unknown {
  if (error instanceof Fault || !(isTrap(error) || isTooLong(error))) return error;
  if (isTooLong(error) || isMemoryFull()) return outOfMemory();
  return isOverflow(error) ? tooDeep() : engineFailed(error);
}
