import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { createAdaptorServer } from "@hono/node-server";

interface Received {
  method: string;
  path: string;
  headers: Record<string, string | string[] | undefined>;
  body: string;
}

interface LoopbackServer {
  /** http://127.0.0.1:port/v1 */
  url: string;
  received: Received[];
  close(): Promise<void>;
}

type Handle = (
  request: IncomingMessage,
  response: ServerResponse,
  body: string,
  count: number,
) => void;

/** A real HTTP server on loopback that does to each request what the test says. */
export async function serveFaults(handle: Handle): Promise<LoopbackServer> {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    let body = "";
    request.setEncoding("utf8").on("data", (text: string) => {
      body += text;
    });
    request.on("end", () => {
      received.push(receivedFrom(request, body));
      handle(request, response, body, received.length);
    });
    request.on("error", () => {});
  });
  return listen(server, received);
}

/** A real HTTP server on loopback for a handler from Request to Response. */
export async function serveHandler(
  fetch: (request: Request) => Response | Promise<Response>,
): Promise<LoopbackServer> {
  const received: Received[] = [];
  const server = createAdaptorServer({
    fetch: async (request: Request) => {
      const body = await request.clone().text();
      const path = new URL(request.url).pathname;
      received.push({
        method: request.method,
        path,
        headers: Object.fromEntries(request.headers),
        body,
      });
      return fetch(request);
    },
  }) as Server;
  return listen(server, received);
}

async function listen(server: Server, received: Received[]): Promise<LoopbackServer> {
  const sockets = new Set<Socket>();
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    socket.on("error", () => {});
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/v1`,
    received,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}

function receivedFrom(request: IncomingMessage, body: string): Received {
  return { method: request.method ?? "", path: request.url ?? "", headers: request.headers, body };
}
