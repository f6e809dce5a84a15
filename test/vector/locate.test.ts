import { describe, expect, test } from "vitest";
import { LabError } from "../../src/errors.ts";
import { describeChoices, ENGINES } from "../../src/vector/engines.ts";
import { locateStore, type StoreSetting } from "../../src/vector/locate.ts";
import { ADDRESSES } from "./addresses.ts";

type Wish = NonNullable<Parameters<typeof locateStore>[0]>;

const OWN = "/home/ada/documents";

function set(values: Record<string, string>, isInFile = false): Record<string, StoreSetting> {
  const where = isInFile ? "in line 3 of .env" : "in the environment";
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      { value, origin: `${name} ${where}`, isInFile },
    ]),
  );
}

function refused(wish: Wish): LabError {
  try {
    locateStore({ ownFolder: OWN, ...wish });
  } catch (error) {
    expect(error).toBeInstanceOf(LabError);
    expect((error as LabError).exitCode).toBe(2);
    return error as LabError;
  }
  throw new Error(`${JSON.stringify(wish)} was taken`);
}

describe("what is typed", () => {
  test.each<[Wish, object]>([
    [{}, { store: "lancedb", path: OWN, isDefault: true }],
    [{ store: "lancedb" }, { store: "lancedb", path: OWN, isDefault: false }],
    [{ place: "notes" }, { store: "lancedb", path: "notes", isDefault: false }],
    [{ place: "C:\\notes" }, { store: "lancedb", path: "C:\\notes" }],
    [{ place: "./a#b?c@d" }, { store: "lancedb", path: "./a#b?c@d" }],
    [
      { store: "LanceDB", place: "qdrant" },
      { store: "lancedb", path: "qdrant" },
    ],
    [{ store: "Memory" }, { store: "memory" }],
    [{ store: "memory", place: "notes", placeFlag: "--in" }, { store: "memory" }],
    [{ store: "http://h:6333/" }, { store: "qdrant", url: "http://h:6333" }],
    [{ store: "HTTP://H:6333//" }, { store: "qdrant", url: "http://h:6333" }],
    [{ store: "https://h/base/" }, { store: "qdrant", url: "https://h/base" }],
    [{ store: "qdrant://h:6333" }, { store: "qdrant", url: "http://h:6333" }],
    [{ store: "qdrant+https://h:6333" }, { store: "qdrant", url: "https://h:6333" }],
    [{ store: " http://h:6333 " }, { store: "qdrant", url: "http://h:6333" }],
    [{ place: "http://h:6333" }, { store: "qdrant", url: "http://h:6333" }],
    [
      { store: "QDRANT", place: "localhost:6333" },
      { store: "qdrant", url: "http://localhost:6333" },
    ],
    [
      { store: "qdrant", place: "localhost" },
      { store: "qdrant", url: "http://localhost" },
    ],
    [{ store: "postgres://u:p@h/db" }, { store: "pgvector", url: "postgres://u:p@h/db" }],
    [{ store: "POSTGRESQL://u:p@h/db/" }, { store: "pgvector", url: "postgres://u:p@h/db" }],
    [
      { place: "postgresql+psycopg2://u:p@h/db" },
      { store: "pgvector", url: "postgres://u:p@h/db" },
    ],
    [{ place: "jdbc:postgresql://h/db?user=u" }, { url: "postgres://h/db?user=u" }],
    [{ store: "pgvector", place: "u:p@h:5432/db" }, { url: "postgres://u:p@h:5432/db" }],
    [{ store: "postgres://u:p@/db" }, { url: "postgres://u:p@localhost/db" }],
    [{ store: "postgres://u:a b@h/db" }, { url: "postgres://u:a%20b@h/db" }],
    [{ store: "postgres://u:p@%2Fvar%2Frun/db" }, { url: "postgres://u:p@%2Fvar%2Frun/db" }],
    [{ store: "postgres:///db?host=/var/run" }, { url: "postgres:///db?host=/var/run" }],
    [{ store: "postgres://h/db?user=a@b" }, { url: "postgres://h/db?user=a@b" }],
  ])("%j", (wish, expected) => {
    expect(locateStore({ ownFolder: OWN, ...wish })).toMatchObject(expected);
  });

  test.each<[Wish, RegExp, RegExp]>([
    [{ store: "faiss" }, /no store called "faiss"/, /^Choose lancedb, pgvector, qdrant, memory/],
    [{ store: "lance" }, /no store called "lance"/, /Did you mean lancedb\?/],
    [{ store: "postgres" }, /no store called/, /Did you mean pgvector\?/],
    [{ store: "qdrnat" }, /no store called/, /Did you mean qdrant\?/],
    [{ store: "./notes", placeFlag: "--into" }, /no store called/, /A folder follows --into/],
    [{ store: "" }, /^--store is empty/, /Leave it out/],
    [{ place: " ", placeFlag: "--in" }, /^--in is empty/, /Leave it out/],
    [
      { place: "qdrant", placeFlag: "--in" },
      /^qdrant is a store/,
      /--store qdrant, or --in \.\/qdrant/,
    ],
    [{ place: "Memory" }, /^Memory is a store/, /--store memory/],
    [
      { store: "lancedb", place: "http://h:6333" },
      /lancedb keeps its vectors in a folder/,
      /--store/,
    ],
    [{ store: "memory", place: "http://h", placeFlag: "--in" }, /memory has no address/, /--in/],
    [
      { store: "pgvector", place: "http://h" },
      /an address of qdrant, and the store is pgvector/,
      /postgres:/,
    ],
    [{ store: "qdrant", place: "./notes" }, /qdrant is a server.*a folder/, /--into http:/],
    [
      { store: "http://h", place: "notes" },
      /--store gives the address of qdrant/,
      /Leave out --into/,
    ],
    [{ store: "postgres://h", place: "http://i" }, /--store gives the address/, /Leave out --into/],
    [{ store: "localhost:6333" }, /which kind of server/, /http:\/\/host:6333/],
    [{ place: "[::1]:5432/db" }, /which kind of server/, /postgres:/],
    [{ place: "u:p@host/db" }, /which kind of server/, /postgres:/],
    [{ place: "host=h password=p" }, /key=value/, /one address/],
    [
      { store: "qdrant" },
      /qdrant is a server.*nothing says where/,
      /http:\/\/host:6333.*QDRANT_URL/,
    ],
    [{ store: "pgvector" }, /pgvector is a server/, /POSTGRES_URL/],
    [
      { store: "qdrant://" },
      /address in --store cannot be read/,
      /^Write it as http:\/\/host:6333/,
    ],
    [{ store: "http://h:99999" }, /cannot be read/, /^Write it as http:/],
    [{ store: "http://:key@h:6333/?timeout=5" }, /has a "\?" in it/, /QDRANT_API_KEY/],
    [{ store: "http://key@h:6333" }, /has a user in it/, /QDRANT_API_KEY/],
    [{ store: "postgres://u:p@x#1@h/db" }, /cannot be read/, /@ # \/ \? % as %40 %23 %2F %3F %25/],
    [{ store: "postgres://u:50%@h/db" }, /cannot be read/, /%25/],
    [{ store: "postgres://u:1/2@h/db" }, /cannot be read/, /%2F/],
    [{ place: "grpc://h:6334" }, /begin with grpc:\/\//, /http/],
    [{ place: "file:///notes" }, /begin with file:\/\//, /by its path alone/],
    [{ place: "s3://bucket" }, /begin with s3:\/\//, /postgres:/],
    [{ place: "mongodb+srv://h" }, /begin with mongodb\+srv:/, /postgres:/],
  ])("%j is refused", (wish, sentence, hint) => {
    const error = refused(wish);
    expect(error.message).toMatch(sentence);
    expect(error.hint).toMatch(hint);
  });

  test("hints for a verb without a place name no flag for one", () => {
    for (const store of ["./notes", "faiss", "qdrant", "localhost:6333", "postgres://u:a#b@h"])
      expect(refused({ store }).hint).not.toMatch(/--(?!store)/);
  });

  test.each(ADDRESSES)("$typed is never a folder, and never shows its secrets", (one) => {
    for (const wish of [
      { store: one.typed },
      { place: one.typed },
      { store: "pgvector", place: one.typed },
      { store: "qdrant", settings: set({ QDRANT_URL: one.typed }) },
      { store: "lancedb", place: one.typed },
    ]) {
      let said: string;
      try {
        const { path, name } = locateStore({ ownFolder: OWN, ...wish });
        expect(path).toBeUndefined();
        said = name;
      } catch (error) {
        expect(error).toBeInstanceOf(LabError);
        const { message, hint } = error as LabError;
        said = `${message} ${hint.replace("%40 %23 %2F %3F %25", "").replace("p%40ss", "")}`;
      }
      for (const secret of one.secrets) expect(said).not.toContain(secret);
    }
  });
});

describe("what is set", () => {
  const settings = set({
    POSTGRES_URL: "postgresql+psycopg2://u:p@h/db",
    QDRANT_URL: "localhost:6333",
    QDRANT_API_KEY: "key",
  });

  test("a server by its name", () => {
    expect(locateStore({ store: "pgvector", settings })).toMatchObject({
      url: "postgres://u:p@h/db",
    });
    const qdrant = { url: "http://localhost:6333", apiKey: "key" };
    expect(locateStore({ store: "qdrant", settings })).toMatchObject(qdrant);
  });

  test("what is typed comes first, and the key goes along", () => {
    const typed = locateStore({ store: "http://other:6333", settings });
    expect(typed).toMatchObject({ url: "http://other:6333", apiKey: "key" });
    expect(locateStore({ store: "http://:own@other", settings }).apiKey).toBeUndefined();
    expect(locateStore({ store: "pgvector", settings }).apiKey).toBeUndefined();
  });

  test("nothing typed means the folder, whatever is set", () => {
    expect(locateStore({ settings, ownFolder: OWN }).path).toBe(OWN);
  });

  test("a .env does not draw the user's key to its server", () => {
    const mixed = { ...settings, ...set({ QDRANT_URL: "http://evil:6333" }, true) };
    const { message, hint } = refused({ store: "qdrant", settings: mixed });
    expect(message).toMatch(/QDRANT_URL in line 3 of \.env.*QDRANT_API_KEY in the environment/);
    expect(hint).toMatch(/both/);
    const both = set({ QDRANT_URL: "http://h:6333", QDRANT_API_KEY: "its own" }, true);
    expect(() => locateStore({ store: "qdrant", settings: both })).toThrow(/has a space/);
  });

  test("a setting that cannot be used is named", () => {
    const wrong = set({ QDRANT_URL: "postgres://u:p@h/db", POSTGRES_URL: "postgres://u:a#b@h" });
    expect(refused({ store: "qdrant", settings: wrong }).message).toMatch(
      /^QDRANT_URL in the environment gives an address of pgvector/,
    );
    expect(refused({ store: "pgvector", settings: wrong }).message).toMatch(/in POSTGRES_URL/);
  });
});

test("each engine's example is read as that engine", () => {
  for (const { name, example, needs } of ENGINES)
    expect(locateStore({ store: example })).toMatchObject({
      store: name,
      ...(needs === "address" && { url: expect.any(String) }),
    });
});

test("help texts come from the engines", () => {
  expect(describeChoices()).toBe(
    "lancedb, pgvector, qdrant, memory, or an address: postgres://…, http://…",
  );
  expect(describeChoices(["memory"])).toMatch(/^lancedb, pgvector, qdrant, or/);
});
