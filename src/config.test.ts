import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { loadConfig, quietPackages, terminalFacts } from "./config.ts";
import { LabError } from "./errors.ts";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "llm-lab-test-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

let files = 0;
function load(of: {
  flags?: { model?: string; timeout?: string };
  env?: Record<string, string>;
  file?: string;
}) {
  const envFile = join(folder, `env-${files++}`);
  if (of.file !== undefined) writeFileSync(envFile, of.file);
  return loadConfig({ flags: of.flags, env: of.env ?? {}, envFile });
}

describe("which model runs, and why", () => {
  test("offline, where nothing is set, or all is empty", () => {
    const empty: Record<string, string>[] = [{}, { OPENAI_API_KEY: "", OPENAI_BASE_URL: " " }];
    for (const env of empty) {
      expect(load({ env })).toMatchObject({
        endpoint: { kind: "offline" },
        model: "offline-tutor",
        timeoutMs: 12_000,
      });
    }
  });

  test("a key chooses OpenAI, and the sentence says where the key stands", () => {
    const { endpoint, model, why } = load({ file: "# mine\nexport OPENAI_API_KEY='sk-abc'\n" });
    expect(endpoint).toMatchObject({
      kind: "live",
      baseURL: "https://api.openai.com/v1",
      apiKey: "sk-abc",
    });
    expect(model).toBe("gpt-6-luna");
    expect(why).toMatch(/^gpt-6-luna at api\.openai\.com, because of OPENAI_API_KEY in line 2 of /);
    expect(why).not.toContain("sk-abc");
  });

  test("flags weigh more than the environment, and that more than the file", () => {
    const env = { LLM_LAB_MODEL: "from-env", OPENAI_BASE_URL: "http://localhost:1/v1/" };
    const file =
      "LLM_LAB_MODEL=from-file\nOPENAI_BASE_URL=http://localhost:2/v1\nOPENAI_API_KEY=sk-file\n";
    expect(load({ file }).model).toBe("from-file");
    expect(load({ env, file }).model).toBe("from-env");
    const { model, endpoint } = load({ flags: { model: "from-flag" }, env, file });
    expect(model).toBe("from-flag");
    expect(endpoint).toMatchObject({ baseURL: "http://localhost:1/v1", apiKey: "sk-file" });
  });

  test("a server of one's own needs no key", () => {
    expect(load({ env: { OPENAI_BASE_URL: "http://localhost:11434/v1" } }).endpoint).toMatchObject({
      apiKey: "none",
    });
  });

  test("--model offline wins over a key", () => {
    const { endpoint, why } = load({
      flags: { model: "offline" },
      env: { OPENAI_API_KEY: "sk-abc" },
    });
    expect(endpoint).toEqual({ kind: "offline" });
    expect(why).toContain("although there is OPENAI_API_KEY in the environment");
  });
});

describe("a provider before the model", () => {
  test("has its own address and never another's key", () => {
    const { endpoint, model, why } = load({
      flags: { model: "ollama:llama3.2" },
      env: { OPENAI_API_KEY: "sk-abcdefgh" },
    });
    expect(endpoint).toMatchObject({ baseURL: "http://localhost:11434/v1", apiKey: "none" });
    expect(model).toBe("llama3.2");
    expect(why).toMatch(/^llama3\.2 at localhost:11434, because of --model/);
  });

  test("has its own key, where it needs one", () => {
    expect(() => load({ flags: { model: "openrouter:some/model" } })).toThrow(
      /openrouter needs a key/,
    );
    const { endpoint } = load({
      flags: { model: "openrouter:some/model" },
      env: { OPENROUTER_API_KEY: "sk-or-1" },
    });
    expect(endpoint).toMatchObject({ baseURL: "https://openrouter.ai/api/v1", apiKey: "sk-or-1" });
  });

  test("a colon in a name is no provider by itself", () => {
    const { model } = load({
      flags: { model: "llama3.2:3b" },
      env: { OPENAI_BASE_URL: "http://localhost:1/v1" },
    });
    expect(model).toBe("llama3.2:3b");
  });
});

describe("what cannot be used", () => {
  test.each([
    [{ flags: { model: "gpt-4o" } }, /gpt-4o \(--model\) needs an endpoint/],
    [{ env: { OPENAI_BASE_URL: "ftp://x" } }, /"ftp:\/\/x" is not an http address/],
    [{ env: { OPENAI_API_KEY: "sk-…" } }, /The key in OPENAI_API_KEY in the environment/],
    [{ env: { OPENAI_BASE_URL: "http://me:sk-secret@host/v1" } }, /has a user or a password in it/],
    [{ env: { OPENAI_BASE_URL: "http://host/v1?key=sk-secret" } }, /has a "\?" or "#" in it/],
    [{ file: 'A="one\nLLM_LAB_MODEL=offline\n' }, /Line 1 of .* quotation mark .* not closed/],
    [{ file: 'A="one\nLLM_LAB_MODEL="offline"\n' }, /Line 1 of .* quotation mark .* not closed/],
    [{ file: "OPENAI_API_KEY='sk-abc\n" }, /Line 1 of .* quotation mark .* not closed/],
    [{ flags: { timeout: "0" } }, /"0" is not a number of seconds \(--timeout\)/],
    [
      { env: { LLM_LAB_TIMEOUT: "soon" } },
      /"soon" is not a number of seconds \(LLM_LAB_TIMEOUT in the environment\)/,
    ],
    [{ file: "A=1\nB\n" }, /Line 2 of .* is no setting: it starts with "B…"/],
    [{ file: 'A="one\ntwo"\n\n= value\n' }, /Line 4 of /],
  ])("%j", (of, message) => {
    expect(() => load(of)).toThrow(LabError);
    expect(() => load(of)).toThrow(message);
  });

  test.each([
    "sk-proj-0123456789abcdef",
    "ftp://me:0123456789abcdef@host",
    "eyJhbGciOi.eyJzdWIiOi.SflKxwRJSMeKKF2QT4fwpM0123456789abcdef",
  ])("a key that went astray is not printed: %s", (value) => {
    const read = () => load({ env: { OPENAI_BASE_URL: value } });
    expect(read).toThrow(/is not an http address \(OPENAI_BASE_URL in the environment\)/);
    expect(read).not.toThrow(/0123456789abcdef/);
  });

  test("a .env that is a folder", () => {
    const envFile = join(folder, "a-folder");
    mkdirSync(envFile);
    expect(() => loadConfig({ env: {}, envFile })).toThrow(/cannot be read/);
  });
});

test("good lines of every kind are read", () => {
  const file =
    '\uFEFF# comment\r\n\r\nLLM_LAB_TIMEOUT = 3 # seconds\r\nexport OTHER="a\nb=c"\r\nEMPTY=\nOPENAI_BASE_URL=http://localhost:3/v1';
  expect(load({ file })).toMatchObject({
    timeoutMs: 3000,
    endpoint: { baseURL: "http://localhost:3/v1" },
  });
});

test("what follows a value that ends in a backslash is read", () => {
  expect(load({ file: "FOLDER='C:\\'\nLLM_LAB_TIMEOUT=3\n" }).timeoutMs).toBe(3000);
});

test("variables of other programs are silenced", () => {
  const env: Record<string, string | undefined> = {
    LANGSMITH_TRACING: "true",
    LANGCHAIN_VERBOSE: "1",
    LC_OUTPUT_VERSION: "v1",
    PATH: "/bin",
  };
  quietPackages(env);
  expect(env).toMatchObject({
    LANGSMITH_TRACING: "false",
    LANGCHAIN_TRACING_V2: "false",
    PATH: "/bin",
  });
  expect([env.LANGCHAIN_VERBOSE, env.LC_OUTPUT_VERSION]).toEqual([undefined, undefined]);
});

test.each([
  [{}, { color: undefined, dumb: false, ci: false, columns: undefined }],
  [
    { NO_COLOR: "1", COLUMNS: "40" },
    { color: false, columns: 40 },
  ],
  [{ TERM: "dumb" }, { color: false, dumb: true }],
  [
    { FORCE_COLOR: "1", CI: "true", COLUMNS: "x" },
    { color: true, ci: true, columns: undefined },
  ],
])("%j", (env, facts) => {
  expect(terminalFacts(env)).toMatchObject(facts);
});

describe("a folder's .env and what the user set for all folders", () => {
  const url = "OPENAI_BASE_URL=http://elsewhere.example/v1";

  test("an address of the folder does not get a key of the environment", () => {
    const env = { OPENAI_API_KEY: "sk-of-the-user" };
    expect(() => load({ env, file: url })).toThrow(
      /OPENAI_BASE_URL in line 1 of .* OPENAI_API_KEY in the environment was not set for/,
    );
    expect(load({ env, file: url, flags: { model: "offline" } }).endpoint.kind).toBe("offline");
  });

  test.each([
    ["both in the folder", {}, `${url}\nOPENAI_API_KEY=sk-theirs`, "sk-theirs"],
    [
      "both in the environment",
      { OPENAI_BASE_URL: "http://elsewhere.example/v1", OPENAI_API_KEY: "sk-mine" },
      "",
      "sk-mine",
    ],
    ["no key at all", {}, url, "none"],
  ])("%s go together", (_name, env: Record<string, string>, file, apiKey) => {
    expect(load({ env, file }).endpoint).toMatchObject({ kind: "live", apiKey });
  });

  test("an organisation and a project are sent to OpenAI only", () => {
    const env = { OPENAI_API_KEY: "sk-mine", OPENAI_ORGANIZATION: "org-1", OPENAI_PROJECT_ID: "p" };
    expect(load({ env }).account).toEqual({ organization: "org-1", project: "p" });
    const elsewhere = { ...env, OPENAI_BASE_URL: "http://elsewhere.example/v1" };
    expect(load({ env: elsewhere }).account).toEqual({});
  });
});

describe("proxies", () => {
  test("are read in capitals and small letters, from the environment only", () => {
    const env = { HTTPS_PROXY: "proxy.example:3128", no_proxy: "localhost, .example.com" };
    expect(load({ env, file: "HTTP_PROXY=http://evil.example" }).proxies).toEqual({
      http: undefined,
      https: "http://proxy.example:3128",
      except: ["localhost", ".example.com"],
    });
  });

  test("an address that is not one is told without its password", () => {
    expect(() => load({ env: { HTTP_PROXY: "socks5://u:secret@host:1" } })).toThrow(
      /^HTTP_PROXY is not the address of an HTTP proxy: (?!.*secret)/,
    );
  });
});
