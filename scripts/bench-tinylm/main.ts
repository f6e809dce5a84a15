import type { KernelKind } from "../../src/kernels/kernels.ts";
import { isSupported } from "../../src/kernels/load.ts";
import { measureKernels } from "./kernels.ts";
import { measureShare } from "./share.ts";
import { measureStages } from "./stages.ts";

export interface Flags {
  seeds: number[];
  threads: number;
  kind: KernelKind;
  /** only the kernels and their share */
  kernels: boolean;
  quick: boolean;
}

/** Where things are and may go. */
export interface Places {
  /** a folder for this run alone */
  build: string;
  /** one that stays */
  cache: string;
  /** the C program */
  openblas: string;
}

export type Print = (line: string) => void;

/** @returns whether all goals of quality were reached */
export async function bench(flags: Flags, places: Places, print: Print): Promise<boolean> {
  const { kind, quick, seeds, threads } = flags;
  if (!isSupported(kind)) throw new Error(`This Node cannot run kernels of kind ${kind}.`);
  print(`Node ${process.version}, ${process.platform} ${process.arch}`);
  const good = flags.kernels || (await measureStages({ kind, seeds, threads, quick }, print));
  await measureKernels(places, quick, print);
  await measureShare(quick, print);
  return good;
}
