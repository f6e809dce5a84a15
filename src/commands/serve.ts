import { LabError } from "../errors.ts";
import { integer } from "../lesson/params.ts";
import { type Flag, flag, word } from "../run/flag.ts";
import { print } from "../run/io.ts";
import { listen } from "./listen.ts";
import { verb } from "./verb.ts";

/** Serves the offline endpoint over HTTP until it is interrupted. */
export const serve = verb({
  name: "serve",
  summary: "serve the offline model over HTTP, for any OpenAI client",
  meantBy: ([word]) => `The port is given with a flag: llm-lab serve --port ${word}.`,
  flags: {
    port: flag(
      "--port <number>",
      integer({ default: 8484, min: 0, max: 65_535, help: "the port; 0 takes any that is free" }),
    ),
    host: word("--host <address>", "the address to listen at, loopback if not given"),
    token: word("--token <word>", "the key that clients must send; needed outside loopback"),
    cors: corsFlag(),
  },
  notes: `Example:
  OPENAI_BASE_URL=http://127.0.0.1:8484/v1 OPENAI_API_KEY=none python my_notebook.py`,
  async run(_words, { port, host = "127.0.0.1", token, cors }, io) {
    if (!isLoopback(host) && !token) {
      throw new LabError(
        `${host} can be reached from other machines`,
        "Give a token that clients must send as their key: --token some-long-word.",
        2,
      );
    }
    const { handle, close } = await openEndpoint();
    const listener = await listen(handle, port, { host, token, origins: cors });
    print(io, `llm-lab serves its offline model at ${listener.origin}/v1 (model offline-tutor).\n`);
    print(io, "Any OpenAI client can use it; Ctrl-C ends.\n");
    await listener.untilAborted(io.signal);
    await close();
    return 0;
  },
});

/** The flag for web pages that may ask, given once for each. */
function corsFlag(): Flag<readonly string[]> {
  return {
    spec: "--cors <origin>",
    help: "a web page's origin that may ask, such as http://localhost:3000; may be repeated",
    default: [],
    parse(typed, before) {
      const origin = typed.replace(/\/$/, "");
      if (origin === "*" || /^[a-z][a-z\d+.-]*:\/\/[^/\s]+$/i.test(origin))
        return [...before, origin];
      throw new LabError(
        `"${typed}" is not a valid value for --cors`,
        "--cors takes the origin of a web page, for example --cors http://localhost:3000.",
        2,
      );
    },
  };
}

async function openEndpoint() {
  const { loadTokenizer } = await import("../model/tokens.ts");
  const { createEndpoint } = await import("../offline/app.ts");
  const { besideLongWork } = await import("../offline/long-work.ts");
  const { packageFile } = await import("../package-file.ts");
  const { count, decode } = await loadTokenizer("offline-tutor");
  const endpoint = createEndpoint({ countTokens: count, decodeTokens: decode });
  return besideLongWork(endpoint.fetch, packageFile("dist/serve-thread.js"));
}

function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || /^127\./.test(host);
}
