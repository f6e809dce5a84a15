import { spawn } from "node:child_process";
import { request } from "node:http";
import { join } from "node:path";
import { expect } from "vitest";
import { root } from "./program.ts";

/** Starts `llm-lab serve` of the built program, and waits until it says where it serves. */
export const startServer = (...flags: string[]) =>
  startListening(["serve", "--port", "0", ...flags]);

/** Starts a command that listens, and waits until it says where. */
export async function startListening(words: string[], env: NodeJS.ProcessEnv = process.env) {
  const argv = [join(root, "dist/cli.js"), ...words];
  const child = spawn(process.execPath, argv, { stdio: ["ignore", "pipe", "inherit"], env });
  const exit = new Promise<number | null>((resolve) => child.on("close", resolve));
  const url = await new Promise<string>((resolve) => {
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      const found = /at (http:\S+)/.exec(text)?.[1];
      if (found) resolve(found);
    });
  });
  const stop = async () => {
    child.kill("SIGINT");
    expect(await exit).toBe(130);
  };
  return { url, stop, pid: child.pid };
}

interface Sent {
  method?: string;
  headers?: Record<string, string>;
  /** pieces of the body, sent without a length if there are several */
  body?: string | Iterable<string>;
}

/** Sends a request as it is written down, whatever a browser or `fetch` would make of it. */
export function send(url: string, { method = "POST", headers = {}, body }: Sent = {}) {
  return new Promise<{ status: number; headers: Record<string, unknown>; text: string }>(
    (resolve, reject) => {
      const sending = request(url, { method, headers, agent: false }, (response) => {
        let text = "";
        response.setEncoding("utf8").on("data", (piece: string) => {
          text += piece;
        });
        const told = () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, text });
        response.on("end", told);
        response.on("error", told);
      });
      sending.on("error", reject);
      if (body === undefined || typeof body === "string") sending.end(body);
      else void writeAll(sending, body);
    },
  );
}

async function writeAll(sending: ReturnType<typeof request>, pieces: Iterable<string>) {
  for (const piece of pieces) {
    if (sending.destroyed) return;
    if (!sending.write(piece))
      await new Promise<void>((resolve) => {
        const go = () => {
          sending.off("drain", go).off("close", go);
          resolve();
        };
        sending.once("drain", go).once("close", go);
      });
  }
  sending.end();
}
