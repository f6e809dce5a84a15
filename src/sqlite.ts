import { createRequire } from "node:module";
import { LabError } from "./errors.ts";

/** What SqliteSaver calls on a database. */
interface Native {
  pragma(text: string): unknown;
  exec(sql: string): unknown;
  prepare(sql: string): unknown;
  transaction<T extends unknown[]>(body: (...values: T) => void): (...values: T) => void;
  close(): void;
}

/** How long a writer waits for another process, as better-sqlite3 does by itself. */
const PATIENCE_MS = 5000;

const load = createRequire(import.meta.url);

/**
 * What the program has where LangChain's SqliteSaver asks for better-sqlite3 (rolldown.config.mjs):
 * libsql, or Node's own SQLite where libsql has no native part. Either is loaded when a database is
 * opened, so that all else works without.
 * @public
 */
// biome-ignore lint/style/noDefaultExport: as better-sqlite3 exports it
export default class Database {
  /** @throws LabError where there is neither */
  constructor(path: string) {
    const open = findSqlite();
    const database = open(path);
    // biome-ignore lint/correctness/noConstructorReturn: it is the database, with all its calls
    return database as Database;
  }
}

/** Throws a LabError where no SQLite can be loaded. */
export function requireSqlite(): void {
  findSqlite();
}

function findSqlite(): (path: string) => Native {
  try {
    const Libsql = load("libsql");
    return (path) => new Libsql(path, { timeout: PATIENCE_MS });
  } catch (error) {
    return nodesOwn() ?? refuse(error);
  }
}

/** Node has a SQLite from 22.5 on, and needs no flag for it from 22.13 on. */
function nodesOwn(): ((path: string) => Native) | undefined {
  try {
    const { DatabaseSync } = load("node:sqlite");
    return (path) => {
      const database = new DatabaseSync(path);
      database.exec(`PRAGMA busy_timeout = ${PATIENCE_MS}`);
      return {
        pragma: (text) => database.prepare(`PRAGMA ${text}`).all(),
        exec: (sql) => database.exec(sql),
        prepare: (sql) => bound(database.prepare(sql)),
        transaction: (body) => inTransaction(database, body),
        close: () => database.close(),
      };
    };
  } catch {
    return undefined;
  }
}

type Statement = Record<"get" | "all" | "run", (...values: unknown[]) => unknown>;

/** Node binds no undefined, which stands for NULL where better-sqlite3 is. */
function bound(statement: Statement): Statement {
  const nulls = (values: unknown[]) => values.map((value) => value ?? null);
  return {
    get: (...values) => statement.get(...nulls(values)),
    all: (...values) => statement.all(...nulls(values)),
    run: (...values) => statement.run(...nulls(values)),
  };
}

function inTransaction<T extends unknown[]>(database: Native, body: (...values: T) => void) {
  return (...values: T) => {
    database.exec("BEGIN");
    try {
      body(...values);
      database.exec("COMMIT");
    } catch (error) {
      database.exec("ROLLBACK");
      throw error;
    }
  };
}

function refuse(cause: unknown): never {
  throw new LabError(
    `SQLite is missing: the package libsql has no native part for ${process.platform} on ${process.arch}, or it was not installed`,
    "Install llm-lab without --omit=optional, or use Node 22.13 or later, which has a SQLite. Only the step that opens a database needs it.",
    1,
    { cause },
  );
}
