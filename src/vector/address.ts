import { LabError } from "../errors.ts";
import { withoutSecrets } from "../mask.ts";
import { type Engine, engineFor, engineNamed, type StoreName } from "./engines.ts";

/** An address that was typed or set. */
export interface Typed {
  value: string;
  /** where: "--store", "POSTGRES_URL in the environment" */
  origin: string;
}

export interface Address {
  engine: Engine;
  /** as the engine's driver reads it; it may hold a password */
  url: string;
}

/** `scheme://`, or `scheme+driver://` as SQLAlchemy writes it; JDBC puts its own name before. */
const SCHEME = /^(?:jdbc:)?([^/\\\s:]+):\/\//i;
/** libpq's `host=… password=…` */
const KEY_VALUE = /(?:^|\s)(?:host|hostaddr|dbname|user|password|sslpassword)\s*=/i;
/** `localhost:6333`, `[::1]:6333` or `user:password@host`; `C:\notes` is a folder. */
const NO_SCHEME = /^(?:(?:[\w.-]{2,}|\[[\da-f:]+\]):\d+(?:\/|$)|[^\s/\\]+:[^\\]*@)/i;
const UNESCAPED =
  "In a password, write @ # / ? % as %40 %23 %2F %3F %25, for example postgres://user:p%40ss@host/database.";

/** Whether a text is an address, however badly it is written: never a folder or the name of a store. */
export function isAddress(text: string): boolean {
  return SCHEME.test(text) || KEY_VALUE.test(text) || NO_SCHEME.test(text);
}

/**
 * Reads an address.
 *
 * @param wanted the engine that was named beside it: then its scheme may be left out
 * @throws LabError that names the origin, and shows nothing that may be a password
 */
export function readAddress(typed: Typed, wanted?: Engine): Address {
  const value = typed.value.trim();
  const { origin } = typed;
  if (KEY_VALUE.test(value) && !SCHEME.test(value))
    throw wrong(
      `${origin} gives key=value pairs, as psql takes them`,
      "Write them as one address: postgres://user:password@host:5432/database.",
    );
  const found = SCHEME.exec(value);
  if (!found && wanted === undefined)
    throw wrong(
      `The address in ${origin} does not say which kind of server answers there`,
      "Write http://host:6333 for Qdrant, or postgres://user:password@host/database for Postgres.",
    );
  const scheme = found?.[1]?.toLowerCase() ?? wanted?.schemes[0] ?? "";
  const [base = "", driver] = scheme.split("+");
  const engine = engineFor(base);
  if (!engine) throw unknownScheme(scheme, origin);
  if (wanted && wanted.name !== engine.name)
    throw wrong(
      `${origin} gives an address of ${engine.name}, and the store is ${wanted.name}`,
      `An address of ${wanted.name} begins with ${wanted.schemes[0]}://.`,
    );
  const rest = found ? value.slice(found[0].length) : value;
  const url = CHECKS[engine.name]?.({ base, driver, rest, origin });
  if (url === undefined) throw unknownScheme(scheme, origin);
  return { engine, url };
}

/** An address for people: no user, no password, no query. */
export function shownAddress(url: string): string {
  return withoutSecrets(url.trim());
}

interface Parts {
  base: string;
  /** what follows the "+" of the scheme */
  driver: string | undefined;
  /** what follows the "//" */
  rest: string;
  origin: string;
}

const CHECKS: Partial<Record<StoreName, (parts: Parts) => string | undefined>> = {
  pgvector({ rest, origin }) {
    checkEscapes(rest, origin);
    // A user needs a host in a URL; Postgres takes the one in the query, or this machine.
    const url = parse(
      `postgres://${rest.replace(/@(?=[/?]|$)/, "@localhost")}`,
      origin,
      "pgvector",
    );
    url.pathname = url.pathname.replace(/\/+$/, "");
    return url.href;
  },

  qdrant({ base, driver, rest, origin }) {
    const secure = base === "qdrant" ? driver : base;
    if (!/^https?$/.test(secure ?? "http") || (base !== "qdrant" && driver)) return undefined;
    checkEscapes(rest, origin);
    const url = parse(`${secure ?? "http"}://${rest}`, origin, "qdrant");
    const key = "Write http://host:6333, and set the key as QDRANT_API_KEY.";
    if (url.search !== "") throw wrong(`The address in ${origin} has a "?" in it`, key);
    if (url.username !== "" && url.password === "")
      throw wrong(`The address in ${origin} has a user in it, and Qdrant has none`, key);
    return url.href.replace(/\/+$/, "");
  },
};

/** A password that is not escaped would be cut, and the piece after the cut taken for the host. */
function checkEscapes(rest: string, origin: string): void {
  const authority = /^[^/?#\\]*/.exec(rest)?.[0] ?? "";
  const after = rest.slice(authority.length);
  const login = authority.slice(0, Math.max(0, authority.lastIndexOf("@")));
  if (!/[#\\]/.test(after) && !hasLogin(after) && isDecodable(login)) return;
  throw wrong(`The address in ${origin} cannot be read`, UNESCAPED);
}

/** Whether there is an "@" behind the host, but for those in parameters that may have one. */
function hasLogin(after: string): boolean {
  const [path = "", ...query] = after.split("?");
  const parameters = query.join("?").split("&");
  const mayHave = /^(?:user|password|sslpassword|application_name|options|host)=/i;
  return path.includes("@") || parameters.some((one) => one.includes("@") && !mayHave.test(one));
}

function isDecodable(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}

function parse(address: string, origin: string, name: StoreName): URL {
  // Node's own error quotes the address.
  if (URL.canParse(address)) return new URL(address);
  const hint = address.includes("@") ? UNESCAPED : `Write it as ${engineNamed(name).example}.`;
  throw wrong(`The address in ${origin} cannot be read`, hint);
}

function unknownScheme(scheme: string, origin: string): LabError {
  const hint =
    scheme === "file"
      ? "Give a folder by its path alone."
      : "Postgres begins with postgres://, Qdrant with http:// or https://.";
  return wrong(`No store has addresses that begin with ${scheme}:// (${origin})`, hint);
}

function wrong(message: string, hint: string): LabError {
  return new LabError(message, hint, 2);
}
