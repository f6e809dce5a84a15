import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createAdaptorServer } from "@hono/node-server";
import { LabError } from "../errors.ts";
import { loadCounter } from "../model/tokens.ts";
import { createEndpoint } from "../offline/app.ts";
import { guarded } from "../offline/guarded.ts";
import type { Io } from "../run/io.ts";

export interface ServeOptions {
  port: string;
  host?: string;
  token?: string;
}

/** Serves the offline endpoint over HTTP until it is interrupted; returns the exit code. */
export async function serve(options: ServeOptions, io: Io): Promise<number> {
  const port = portIn(options.port);
  const host = options.host ?? "127.0.0.1";
  if (!isLoopback(host) && !options.token) {
    throw new LabError(
      `${host} can be reached from other machines`,
      "Give a token that clients must send as their key: --token some-long-word.",
      2,
    );
  }
  const endpoint = createEndpoint({ countTokens: await loadCounter("offline-tutor") });
  const server = createAdaptorServer({
    fetch: guarded(endpoint.fetch, options.token),
    createServer,
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => reject(cannotListen(error, host, port)));
    server.listen(port, host, resolve);
  });
  const { port: actual } = server.address() as AddressInfo;
  const shownHost = host.includes(":") ? `[${host}]` : host;
  io.stdout.write(
    `llm-lab serves its offline model at http://${shownHost}:${actual}/v1 (model offline-tutor).\n`,
  );
  io.stdout.write("Any OpenAI client can use it; Ctrl-C ends.\n");
  await untilAborted(io.signal);
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
    if ("closeAllConnections" in server) server.closeAllConnections();
  });
  return 0;
}

function portIn(typed: string): number {
  const port = Number(typed);
  if (/^\d+$/.test(typed) && port <= 65_535) return port;
  throw new LabError(
    `"${typed}" is no port`,
    "Give a number from 0 to 65535; 0 takes any that is free.",
    2,
  );
}

function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || /^127\./.test(host);
}

function cannotListen(error: NodeJS.ErrnoException, host: string, port: number): LabError {
  if (error.code === "EADDRINUSE") {
    return new LabError(
      `Port ${port} is in use`,
      "Stop what uses it, or choose another with --port.",
    );
  }
  if (error.code === "EACCES") {
    return new LabError(`Port ${port} may not be used`, "Choose one above 1023 with --port.");
  }
  return new LabError(
    `Nothing can be served at ${host}: ${error.message}`,
    "Check --host and --port.",
  );
}

function untilAborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) =>
    signal.addEventListener("abort", () => resolve(), { once: true }),
  );
}
