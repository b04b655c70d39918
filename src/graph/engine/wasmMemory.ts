/** Bytes of one page of linear memory (WebAssembly core specification §4.2.8). */
const page = 65_536;
/** Pages a 32-bit memory can have. */
const mostPages = 65_536;
/** Id of the memory section (§5.5.8). */
const memorySection = 5;

/** An unsigned LEB128 number (§5.2.2). */
function readNumber(bytes: Uint8Array, from: number): { readonly value: number; readonly next: number } {
  let value = 0;
  for (let at = from, shift = 0; ; at += 1, shift += 7) {
    const byte = bytes[at] ?? 0;
    value += (byte & 0x7f) * 2 ** shift;
    if (byte < 0x80) return { value, next: at + 1 };
  }
}

function writeNumber(value: number): number[] {
  const bytes: number[] = [];
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return [...bytes, rest];
    bytes.push((rest % 128) | 0x80);
  }
}

/**
 * The module with a maximum for its one memory (§5.3.8 limits). A module that has no memory of its own comes back as it
 * is.
 */
export function limitMemory(module: Uint8Array<ArrayBuffer>, limit: number): Uint8Array<ArrayBuffer> {
  for (let at = 8; at < module.length; ) {
    const size = readNumber(module, at + 1);
    const end = size.next + size.value;
    if (module[at] !== memorySection) {
      at = end;
      continue;
    }
    const count = readNumber(module, size.next);
    const least = readNumber(module, count.next + 1);
    if (count.value !== 1) return module;
    const most = Math.min(mostPages, Math.max(least.value, Math.floor(limit / page)));
    const content = [1, 1, ...writeNumber(least.value), ...writeNumber(most)];
    return new Uint8Array(Buffer.concat([module.subarray(0, at), Uint8Array.from([memorySection, ...writeNumber(content.length), ...content]), module.subarray(end)]));
  }
  return module;
}
