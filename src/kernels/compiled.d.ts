/**
 * Compiled from assembly/ by scripts/wasm-kernels.mjs, in base64: with separate, and with fused,
 * multiply and add.
 */
declare module "*/kernels.wasm" {
  export const portable: string;
  export const fused: string;
}
