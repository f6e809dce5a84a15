/** An address as a person may type or set it, and what may be shown of it. */
export interface AddressCase {
  typed: string;
  /** what must not be seen: the password, and each piece of it that a wrong cut would leave */
  secrets: readonly string[];
  /** the address as it may be shown; left out where only its secrets count */
  shown?: string;
}

/** Written before the code that masks them; `secrets` never hold a word that `shown` has. */
export const ADDRESSES: readonly AddressCase[] = [
  {
    typed: "postgres://ada:sekret@host:5432/db",
    secrets: ["sekret", "ada"],
    shown: "postgres://…@host:5432/db",
  },
  {
    typed: "postgresql://ada:sekret@host/db",
    secrets: ["sekret"],
    shown: "postgresql://…@host/db",
  },
  {
    typed: "POSTGRES://ada:sekret@HOST/db",
    secrets: ["sekret"],
    shown: "POSTGRES://…@HOST/db",
  },
  {
    typed: "postgresql+psycopg2://ada:sekret@host/db",
    secrets: ["sekret"],
    shown: "postgresql+psycopg2://…@host/db",
  },
  {
    typed: "postgresql+asyncpg://ada:sek%40ret@host/db",
    secrets: ["sek%40ret", "sek"],
    shown: "postgresql+asyncpg://…@host/db",
  },
  {
    typed: "jdbc:postgresql://host/db?user=ada&password=sekret",
    secrets: ["sekret"],
    shown: "jdbc:postgresql://host/db",
  },
  { typed: "postgres://u:p@sekret#1@host/db", secrets: ["sekret"], shown: "postgres://…@host/db" },
  {
    typed: "postgres://u:se#kret@host/db",
    secrets: ["se#", "kret"],
    shown: "postgres://…@host/db",
  },
  {
    typed: "postgres://u:sek/ret@host/db",
    secrets: ["sek", "ret@"],
    shown: "postgres://…@host/db",
  },
  {
    typed: "postgres://u:sek?ret@host/db",
    secrets: ["sek", "ret@"],
    shown: "postgres://…@host/db",
  },
  {
    typed: "postgres://u:sek%ret@host/db",
    secrets: ["sek", "ret@"],
    shown: "postgres://…@host/db",
  },
  {
    typed: "postgres://u:sek:ret@host/db",
    secrets: ["sek", "ret@"],
    shown: "postgres://…@host/db",
  },
  {
    typed: "postgres://u:sek ret@host/db",
    secrets: ["sek", "ret@"],
    shown: "postgres://…@host/db",
  },
  {
    typed: "postgres://u:12/sekret@host/db",
    secrets: ["12", "sekret"],
    shown: "postgres://…@host/db",
  },
  {
    typed: "postgres://u:sekret@%2Fvar%2Frun/db",
    secrets: ["sekret"],
    shown: "postgres://…@%2Fvar%2Frun/db",
  },
  { typed: "postgres://u:sekret@/db", secrets: ["sekret"], shown: "postgres://…@/db" },
  {
    typed: "postgres:///db?host=/var/run&password=sekret",
    secrets: ["sekret"],
    shown: "postgres:///db",
  },
  {
    typed: "postgres://host/db?user=a@b&password=sekret&sslpassword=hidden",
    secrets: ["sekret", "hidden"],
    shown: "postgres://host/db",
  },
  { typed: "postgres://sekret@host/db", secrets: ["sekret"], shown: "postgres://…@host/db" },
  {
    typed: "postgres://u:sekret@[2001:db8::1]:5432/db",
    secrets: ["sekret"],
    shown: "postgres://…@[2001:db8::1]:5432/db",
  },
  { typed: "http://:sekret@host:6333", secrets: ["sekret"], shown: "http://…@host:6333" },
  {
    typed: "HTTPS://u:sekret@Cloud.Host:6333/",
    secrets: ["sekret"],
    shown: "HTTPS://…@Cloud.Host:6333/",
  },
  { typed: "http://host:6333?api-key=sekret", secrets: ["sekret"], shown: "http://host:6333" },
  { typed: "http://host:6333/#sekret", secrets: ["sekret"], shown: "http://host:6333/" },
  { typed: "qdrant://:sekret@host:6333", secrets: ["sekret"], shown: "qdrant://…@host:6333" },
  {
    typed: "mongodb+srv://u:sekret@host/db",
    secrets: ["sekret"],
    shown: "mongodb+srv://…@host/db",
  },
  {
    typed: "host=db.example port=5432 user=ada password=sekret dbname=x",
    secrets: ["sekret"],
    shown: "host=db.example port=5432 user=ada password=… dbname=x",
  },
  {
    typed: "host=db.example password='sek \\' ret'",
    secrets: ["sek", " ret"],
    // a quote in the password may end anywhere, so the rest of the line goes too
    shown: "host=db.example password=…",
  },
  { typed: "PASSWORD = sekret host=h", secrets: ["sekret"], shown: "PASSWORD = … host=h" },
  { typed: "postgres://u:sekret", secrets: ["sekret"], shown: "postgres://…" },
  { typed: "ada:sekret@host/db", secrets: ["sekret"], shown: "…@host/db" },
  { typed: "postgres://host:5432/db", secrets: [], shown: "postgres://host:5432/db" },
  { typed: "http://localhost:6333", secrets: [], shown: "http://localhost:6333" },
  {
    typed: "postgres://user:password@host/database",
    secrets: [],
    // the example that hints give is nobody's
    shown: "postgres://user:password@host/database",
  },
  // kept aside while the code was written
  { typed: "postgres://u:sek\\ret@host/db", secrets: ["sek", "ret@"] },
  { typed: "PostgreSQL+PG8000://ada:s%23kret@db.example:6543/x", secrets: ["s%23kret", "kret"] },
  { typed: "postgres://u:sekret@h1:5432,h2:5432/db", secrets: ["sekret"] },
  { typed: "postgres://u:@@sekret@@host/db?sslmode=require", secrets: ["sekret"] },
  { typed: 'postgres://u:"sekret"@host/db', secrets: ["sekret"] },
  { typed: "https://host:6333/?timeout=5&api_key=sek ret", secrets: ["sek", " ret"] },
  { typed: 'user=ada password="sek ret" host=[::1]', secrets: ["sek", " ret"] },
  { typed: "postgres://u:sékrèt✓@host/db", secrets: ["sékrèt", "krèt"] },
];

/** Places in which an address stands when it is printed. */
export const AROUND: Record<string, (address: string) => string> = {
  alone: (address) => address,
  "in quotes": (address) => `Cannot open "${address}": it was refused`,
  "in a sentence": (address) => `connect to ${address} failed`,
  "on a line of its own": (address) => `The address cannot be read.\n  ${address}\nTry again`,
  "in a command": (address) => `llm-lab index notes --store '${address}' --batch 5`,
  "in JSON": (address) => JSON.stringify({ level: "error", connectionString: address }),
  "after another address": (address) => `http://one:1111 and ${address}`,
};
