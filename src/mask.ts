/**
 * A text without the passwords and keys in it: the one way to show an address, or a message in
 * which an address may stand. Of `postgres://user:password@host/db?sslmode=require` it leaves
 * `postgres://…@host/db`.
 *
 * Where nobody can tell where a password ends, it hides too much rather than too little.
 */
export function withoutSecrets(text: string): string {
  return text
    .split("\n")
    .map((line) => hideValues(hideLogins(hideInAddresses(line))))
    .join("\n");
}

/** The paths in a stack trace are `file://`, which has no user. */
const SCHEME = /(?<![\w+.-])(?!file:)[a-z][a-z0-9+.-]*:\/\//i;
/** The example in our own hints belongs to nobody. */
const EXAMPLE = "user:password@";
const PLACE = /^(?:\[[\da-f:.%]+\]|[\w.~%-]*)(?::\d+)?(?:\/[^\s?#"'<>@\\…]*)?/i;
/** Parameters as Postgres names them; the user of some clouds has an "@". */
const KNOWN_QUERY =
  /^\?(?:(?:user|host|port|dbname|database|options|application_name|password|passfile|ssl\w*)=[^&\s"'<>]*(?:&|(?=[\s"'<>]|$)))+/i;
const QUERY = /^[?#][^\s"'<>]*/;
const VALUE =
  /((?:password|passwd|pwd|api[-_]?key)(?:\\?["'])?\s*[=:]\s*)(\\*".*"|\\*'.*'|[^\s&,]+)/gi;
/** `user:password@host`, where the scheme was left out. */
const LOGIN = /(?<![\w@/…])[^\s"'@/:…]+:[^\s"'@/\\:…][^\s@]*@(?=[\w[%])/g;

function hideInAddresses(line: string): string {
  const scheme = SCHEME.exec(line);
  if (!scheme) return line;
  const start = scheme.index + scheme[0].length;
  const head = line.slice(0, start);
  const rest = line.slice(start);
  if (rest.startsWith(EXAMPLE)) return head + EXAMPLE + hideInAddresses(rest.slice(EXAMPLE.length));
  const [place = ""] = PLACE.exec(rest) ?? [];
  const after = rest.slice(place.length);
  const query = KNOWN_QUERY.exec(after)?.[0] ?? "";
  if (endsHere(after) && !after.slice(query.length).includes("@"))
    return head + place + hideInAddresses(withoutQuery(after, query));
  const at = rest.lastIndexOf("@");
  if (at < 0) return `${head}…${hideInAddresses(rest.replace(/^[^\s"'<>]*/, ""))}`;
  const [host = ""] = PLACE.exec(rest.slice(at + 1)) ?? [];
  return `${head}…@${host}${withoutQuery(rest.slice(at + 1 + host.length))}`;
}

/** Whether an address ends, or its query begins, where this text goes on. */
function endsHere(after: string): boolean {
  return /^(?:$|[\s"'`<>()[\]{},;.!?#…]|:(?:\s|$))/.test(after);
}

/** What follows a query; the rest of the line goes too where a key in it may have spaces. */
function withoutQuery(after: string, known = ""): string {
  const query = known || (QUERY.exec(after)?.[0] ?? "");
  return query.search(VALUE) < 0 ? after.slice(query.length) : "";
}

function hideLogins(line: string): string {
  return line.replace(LOGIN, (login) => (login === EXAMPLE ? login : "…@"));
}

function hideValues(line: string): string {
  return line.replace(VALUE, "$1…");
}
