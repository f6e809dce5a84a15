import type { AddressInfo } from "node:net";
import { LabError } from "../errors.ts";
import type { Guards } from "../offline/guarded.ts";

type Handler = (request: Request) => Response | Promise<Response>;

/**
 * Listens at a port and answers what the guards let pass.
 *
 * @param port 0 takes any that is free
 * @throws LabError where the port or the host cannot be had
 */
export async function listen(handle: Handler, port: number, guards: Guards) {
  const { createServer } = await import("node:http");
  const { createAdaptorServer } = await import("@hono/node-server");
  const { guarded } = await import("../offline/guarded.ts");
  const server = createAdaptorServer({ fetch: guarded(handle, guards), createServer });
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) =>
      reject(cannotListen(error, guards.host, port)),
    );
    server.listen(port, guards.host, resolve);
  });
  const { port: actual } = server.address() as AddressInfo;
  const host = guards.host.includes(":") ? `[${guards.host}]` : guards.host;
  return {
    /** where it listens, as a browser writes it: http://127.0.0.1:8484 */
    origin: `http://${host}:${actual}`,
    /** Answers until the signal, and then cuts off whoever is still connected. */
    async untilAborted(signal: AbortSignal): Promise<void> {
      await aborted(signal);
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        if ("closeAllConnections" in server) server.closeAllConnections();
      });
    },
  };
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

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) =>
    signal.addEventListener("abort", () => resolve(), { once: true }),
  );
}
