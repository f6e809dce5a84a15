import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { createServer, type Socket } from "node:net";
import { dirname, join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { vector } from "@electric-sql/pglite-pgvector";
import { PGLiteSocketServer } from "@electric-sql/pglite-socket";

export interface TestServer {
  url: string;
  close(): Promise<void>;
}

/** A real Postgres with pgvector, in memory, on loopback. It takes any user and password. */
export async function servePostgres({ extension = true } = {}): Promise<TestServer> {
  const db = await PGlite.create({
    extensions: extension ? { vector } : {},
    loadDataDir: await freshData(),
  });
  const server = new PGLiteSocketServer({
    db: inTurn(db),
    port: 0,
    host: "127.0.0.1",
    maxConnections: 20,
  });
  await server.start();
  return {
    url: `postgres://tester:secret@${server.getServerConn()}/postgres`,
    close: async () => {
      await server.stop();
      await db.close();
    },
  };
}

const pglite = JSON.parse(
  readFileSync(
    join(import.meta.dirname, "../../node_modules/@electric-sql/pglite/package.json"),
    "utf8",
  ),
);
const keptAt = join(
  import.meta.dirname,
  `../../node_modules/.cache/llm-lab/postgres-${pglite.version}.tar`,
);

/**
 * The files of a database that is new. Making them takes longer than the tests that use it, so they
 * are kept.
 */
async function freshData(): Promise<Blob> {
  if (!existsSync(keptAt)) {
    const db = await PGlite.create();
    const files = Buffer.from(await (await db.dumpDataDir("none")).arrayBuffer());
    await db.close();
    mkdirSync(dirname(keptAt), { recursive: true });
    // Another worker may write at the same moment: the name is given to a whole file only.
    const whole = `${keptAt}.${process.pid}`;
    writeFileSync(whole, files);
    renameSync(whole, keptAt);
  }
  return new Blob([readFileSync(keptAt)]);
}

/** Messages that begin or go on with a query of its own; Sync ends it. */
const WITHIN_QUERY = new Set([..."PBDECH"].map((letter) => letter.charCodeAt(0)));

/**
 * pglite-socket puts all connections on one session, and lets them mix between the messages of a query. A real
 * Postgres has a session for each; so here a query counts as a transaction, during which others wait.
 */
function inTurn(db: PGlite): PGlite {
  let isWithin = false;
  return new Proxy(db, {
    get(target, name) {
      if (name === "isInTransaction") return () => isWithin || target.isInTransaction();
      if (name === "execProtocolRawStream")
        return (...[message, ...more]: Parameters<PGlite["execProtocolRawStream"]>) => {
          isWithin = WITHIN_QUERY.has(message[0] ?? 0);
          return target.execProtocolRawStream(message, ...more);
        };
      if (name === "exec")
        return (...call: Parameters<PGlite["exec"]>) => {
          isWithin = false;
          return target.exec(...call);
        };
      const value = Reflect.get(target, name);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}

/** A server that speaks just enough of Postgres to ask for a password and then to fail with a code. */
export async function servePgFailure(code: string, message: string): Promise<TestServer> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => {});
    let asked = false;
    socket.on("data", () => {
      // AuthenticationCleartextPassword, then ErrorResponse.
      socket.write(asked ? errorResponse(code, message) : Buffer.from("R\0\0\0\x08\0\0\0\x03"));
      asked = true;
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { port: number };
  return {
    url: `postgres://tester:secret@127.0.0.1:${port}/postgres`,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}

function errorResponse(code: string, message: string): Buffer {
  const body = Buffer.from(`SFATAL\0C${code}\0M${message}\0\0`);
  const head = Buffer.alloc(5);
  head.write("E");
  head.writeInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
}
