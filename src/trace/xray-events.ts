import type { Totals } from "./shapes.ts";

/** Another program's calls, seen on their way to the endpoint. */
export type XrayEvent =
  | {
      type: "xray-start";
      /** the program and its arguments; empty where it is started elsewhere */
      program: string[];
      /** where the program's calls are to go: "http://127.0.0.1:40123/v1" */
      address: string;
    }
  /** what the calls so far have in them that costs money or breaks a program; each is told once */
  | {
      type: "trap-found";
      /** its name: "growing-history" */
      trap: string;
      /** the call at which it showed */
      call: number;
      /** what was seen, with figures */
      text: string;
      /** the command that explains it */
      read: string;
    }
  | {
      type: "xray-end";
      /** the program's exit code; null where it was started elsewhere */
      exitCode: number | null;
      totals: Totals;
      /** how many texts were embedded */
      embedded: number;
      traps: number;
    };
