import { setFlagsFromString } from "node:v8";
import type { KernelKind, Kernels } from "./kernels.ts";
import { fused, portable } from "./kernels.wasm";
import { plainKernels } from "./plain.ts";

/** A block of memory that threads share, and what goes with it into another thread. */
export interface SharedMemory {
  kind: KernelKind;
  buffer: SharedArrayBuffer;
  /** the same memory as WebAssembly knows it; none for the plain kernels */
  wasm: WebAssembly.Memory | undefined;
}

const PAGE = 65_536;

/** Makes room for `bytes` bytes, for one kind of kernels. */
export function allocate(bytes: number, kind: KernelKind): SharedMemory {
  const pages = Math.ceil(bytes / PAGE);
  if (kind === "plain")
    return { kind, buffer: new SharedArrayBuffer(pages * PAGE), wasm: undefined };
  const wasm = new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true });
  return { kind, buffer: wasm.buffer as unknown as SharedArrayBuffer, wasm };
}

const modules = new Map<KernelKind, WebAssembly.Module>();

/** The kernels over a block of memory, in this thread. */
export function loadKernels({ kind, buffer, wasm }: SharedMemory): Kernels {
  if (wasm === undefined) return plainKernels(buffer);
  let module = modules.get(kind);
  if (!module) {
    module = new WebAssembly.Module(bytesOf(kind));
    modules.set(kind, module);
  }
  const instance = new WebAssembly.Instance(module, { env: { memory: wasm } });
  return instance.exports as unknown as Kernels;
}

/**
 * Whether this Node runs a kind of kernels: "simd" and, from 20 on, "fused" on all that llm-lab
 * runs on.
 */
export function isSupported(kind: KernelKind): boolean {
  if (kind === "plain") return true;
  return WebAssembly.validate(bytesOf(kind));
}

function bytesOf(kind: KernelKind): Buffer<ArrayBuffer> {
  const bytes = Buffer.from(kind === "fused" ? fused : portable, "base64");
  // Node 20 has fused multiply-add behind a flag, which is set only for those who ask for it.
  if (kind === "fused" && !WebAssembly.validate(bytes))
    setFlagsFromString("--experimental-wasm-relaxed-simd");
  return bytes;
}
