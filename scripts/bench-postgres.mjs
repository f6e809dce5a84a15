/** Postgres with pgvector for the benchmark, in a process of its own; ends with the one that started it. */
import { PGlite } from "@electric-sql/pglite";
import { vector } from "@electric-sql/pglite-pgvector";
import { PGLiteSocketServer } from "@electric-sql/pglite-socket";

const db = await PGlite.create({ extensions: { vector } });
const server = new PGLiteSocketServer({ db, port: 0, host: "127.0.0.1", maxConnections: 20 });
// Room for the graph of 100,000 vectors, without which building it takes many times longer.
await db.exec("SET maintenance_work_mem = '600MB'");
await server.start();
process.once("disconnect", () => process.exit());
process.send(`postgres://bench:bench@${server.getServerConn()}/postgres`);
