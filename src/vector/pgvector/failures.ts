import { LabError } from "../../errors.ts";

type Told = (at: string, message: string) => [message: string, hint: string];

const UNREACHABLE: Told = (at) => [
  `No Postgres answers at ${at}`,
  "Start the server, or correct the address that --store or POSTGRES_URL gives.",
];
const CUT_OFF: Told = (at) => [
  `Postgres at ${at} broke off the connection`,
  "Look at the server's log, and run it again: what was written before is whole.",
];
const REFUSED: Told = (at) => [
  `Postgres at ${at} refuses this user or password`,
  "Correct them in the address given with --store: postgres://user:password@host/database.",
];
const FULL: Told = (at) => [
  `The disk of Postgres at ${at} is full`,
  "Make room there and run it again: what was written before is whole.",
];
const FORBIDDEN: Told = (at) => [
  `Postgres at ${at} does not allow this user to do that`,
  "Have its owner grant CREATE on the schema, and install the extension with CREATE EXTENSION vector.",
];
const NO_EXTENSION: Told = (at) => [
  `Postgres at ${at} does not have the extension pgvector`,
  "Install pgvector there (the image pgvector/pgvector has it), and run CREATE EXTENSION vector once as a superuser.",
];

/** By the code of the operating system, or Postgres's own (appendix A of its manual). */
const BY_CODE: Record<string, Told> = {
  ECONNREFUSED: UNREACHABLE,
  ENOTFOUND: UNREACHABLE,
  EAI_AGAIN: UNREACHABLE,
  EHOSTUNREACH: UNREACHABLE,
  ENETUNREACH: UNREACHABLE,
  ETIMEDOUT: UNREACHABLE,
  ECONNRESET: CUT_OFF,
  EPIPE: CUT_OFF,
  "57P01": CUT_OFF,
  "57P02": CUT_OFF,
  "08006": CUT_OFF,
  "57P03": (at) => [`Postgres at ${at} is still starting`, "Try again in a moment."],
  "28P01": REFUSED,
  "28000": REFUSED,
  "3D000": (at) => [
    `Postgres at ${at} has no such database`,
    "Create it with createdb, or correct the name in the address.",
  ],
  "53100": FULL,
  "53200": (at) => [
    `Postgres at ${at} is out of memory`,
    "Give it more, or maintenance_work_mem for an index, and run it again.",
  ],
  "53300": (at) => [
    `Postgres at ${at} accepts no more connections`,
    "Close some, or raise max_connections.",
  ],
  "42501": FORBIDDEN,
  "25006": (at) => [
    `Postgres at ${at} is read-only`,
    "Give the address of the primary server, not of a copy.",
  ],
};

const BY_MESSAGE: [RegExp, Told][] = [
  [
    /extension "vector" is not available|type "vector" does not exist|vector\.control/i,
    NO_EXTENSION,
  ],
  [
    /function create_distributed_table.* does not exist|citus/i,
    (at) => [
      `Postgres at ${at} does not have the extension Citus`,
      "Install Citus and run CREATE EXTENSION citus, or leave out the distribution.",
    ],
  ],
  [/password must be a string|no password|SASL|password authentication failed/i, REFUSED],
  [
    /does not support SSL/i,
    (at) => [
      `Postgres at ${at} does not encrypt connections`,
      "Take sslmode out of the address if that is acceptable.",
    ],
  ],
  // the file of a Unix socket
  [/^connect (?:ENOENT|EACCES)\b/, UNREACHABLE],
  [/timeout exceeded when trying to connect|timeout expired/i, UNREACHABLE],
  [/connection terminated|terminated unexpectedly|connection error/i, CUT_OFF],
  [/no space left|could not extend file/i, FULL],
  [
    /expected \d+ dimensions, not \d+|different vector dimensions/i,
    (_, message) => [
      `A vector does not fit the collection: ${message}`,
      "Use the embedding model the collection was made with, or index again into another collection.",
    ],
  ],
];

/** The LabError for what Postgres or the way to it said; the error itself when it is a bug. */
export function explainPg(error: unknown, at: string): unknown {
  if (!(error instanceof Error)) return error;
  const inner = error instanceof AggregateError ? error.errors[0] : error;
  const { code = "", message } = inner as { code?: string; message: string };
  const told = BY_MESSAGE.find(([pattern]) => pattern.test(message))?.[1] ?? BY_CODE[code];
  if (!told) return error;
  const [what, hint] = told(at, message);
  return new LabError(what, hint, 1, { cause: error });
}

/** Host, port and database of an address that `locateStore` read, without user and password. */
export function serverOf(url: string): string {
  const { hostname, port, pathname, searchParams } = new URL(url);
  const host = searchParams.get("host") ?? decodeURIComponent(hostname);
  if (host.startsWith("/")) return `the socket ${host}${pathname && ` (${pathname.slice(1)})`}`;
  return `${host || "localhost"}:${port || 5432}${pathname}`;
}
