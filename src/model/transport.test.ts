import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, test, vi } from "vitest";
import { DONE, KEY, piece } from "../../test/support/habits.ts";
import { serveFaults } from "../../test/support/server.ts";
import { findLabError } from "../errors.ts";
import { proxyFor } from "./transport.ts";
import { liveWire } from "./wire.ts";

const closing: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  vi.useRealTimers();
  await Promise.all(closing.splice(0).map((close) => close()));
});
async function serve(handle: Parameters<typeof serveFaults>[0]) {
  const server = await serveFaults(handle);
  closing.push(server.close);
  return server;
}
const asked = (stream = true) => ({
  method: "POST",
  body: JSON.stringify({ model: "m", stream, messages: [{ role: "user", content: "secret" }] }),
  headers: { authorization: `Bearer ${KEY}`, "openai-organization": "org-1" },
});
const EVENTS = { "content-type": "text/event-stream" };
const failureOf = (promise: Promise<unknown>) =>
  promise.then(
    () => undefined,
    (error) => findLabError(error)?.message ?? error,
  );

describe("a reply may take as long as the learner allows", () => {
  const MINUTES = 320_000;

  test("the first byte after 320 seconds, and a pause of 320 seconds within", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const server = await serve(async (_request, response) => {
      await vi.advanceTimersByTimeAsync(MINUTES);
      response.writeHead(200, EVENTS).write(piece("Hello"));
      setImmediate(async () => {
        await vi.advanceTimersByTimeAsync(MINUTES);
        response.end(piece(" there", "stop") + DONE);
      });
    });
    const response = await liveWire({ timeoutMs: 400_000 })(
      `${server.url}/chat/completions`,
      asked(),
    );
    expect(await response.text()).toMatch(/Hello.*there.*\[DONE\]/s);
  });

  test("late headers and a silent body stay within one deadline", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    let now = 0;
    const clock = vi.spyOn(performance, "now").mockImplementation(() => now);
    closing.push(() => clock.mockRestore());
    const pass = async (ms: number) => {
      now += ms;
      await vi.advanceTimersByTimeAsync(ms);
    };
    const server = await serve(async (_request, response) => {
      await pass(900);
      response.writeHead(200, EVENTS).flushHeaders();
    });
    const failed = failureOf(
      liveWire({ timeoutMs: 1000 })(`${server.url}/chat/completions`, asked()),
    );
    await vi.waitFor(() => expect(server.received).toHaveLength(1));
    // Real time lets the headers come; a tenth of a second is all that is left.
    await new Promise((resolve) => setImmediate(resolve));
    const isOver = { yet: false };
    void failed.then(() => {
      isOver.yet = true;
    });
    for (let step = 0; step < 50 && !isOver.yet; step++) {
      await new Promise((resolve) => setImmediate(resolve));
      if (now < 1090) await pass(10);
      else await vi.advanceTimersByTimeAsync(10);
    }
    expect(await failed).toMatch(/said nothing for 1 seconds/);
  });
});

/** A proxy that answers for every host, and tells what it was asked. */
async function serveProxy() {
  const seen: string[] = [];
  const server = createServer((request, response) => {
    seen.push(`${request.method} ${request.url} ${request.headers["proxy-authorization"] ?? ""}`);
    request.resume();
    response.writeHead(200, EVENTS).end(piece("by proxy", "stop") + DONE);
  });
  server.on("connect", (request, socket) => {
    seen.push(`CONNECT ${request.url}`);
    socket.end("HTTP/1.1 407 Proxy Authentication Required\r\n\r\n");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closing.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return { seen, host: `127.0.0.1:${(server.address() as AddressInfo).port}` };
}

describe("proxies", () => {
  test("a host that only the proxy knows is asked through it, with the proxy's password", async () => {
    const { seen, host } = await serveProxy();
    const proxies = { http: `http://me:pass@${host}`, except: [] };
    const wire = liveWire({ timeoutMs: 5000, proxies });
    const response = await wire("http://model.invalid/v1/chat/completions", asked());
    expect(await response.text()).toContain("by proxy");
    const login = Buffer.from("me:pass").toString("base64");
    expect(seen).toEqual([`POST http://model.invalid/v1/chat/completions Basic ${login}`]);
  });

  test("https goes through a tunnel, and what the proxy says of it is told", async () => {
    const { seen, host } = await serveProxy();
    const wire = liveWire({ timeoutMs: 5000, proxies: { https: `http://${host}`, except: [] } });
    const message = await failureOf(wire("https://model.invalid/v1/chat/completions", asked()));
    expect(seen).toEqual(["CONNECT model.invalid:443"]);
    expect(message).toBe(`The proxy ${host} does not let requests through to model.invalid (407)`);
  });

  test("a proxy that is not there is told as one", async () => {
    const { host } = await serveProxy();
    await Promise.all(closing.splice(0).map((close) => close()));
    const wire = liveWire({
      timeoutMs: 5000,
      backoffMs: 1,
      proxies: { http: `http://${host}`, except: [] },
    });
    const message = await failureOf(wire("http://model.invalid/v1/chat/completions", asked()));
    expect(message).toBe(`Nothing answers at the proxy ${host}`);
  });

  test.each([
    ["http://model.example/v1", [], "http://p"],
    ["https://model.example/v1", [], "http://s"],
    ["http://localhost:11434/v1", [], undefined],
    ["http://127.0.0.1:11434/v1", [], undefined],
    ["http://[::1]:11434/v1", [], undefined],
    ["http://model.example/v1", ["model.example"], undefined],
    ["http://model.example/v1", ["example"], undefined],
    ["http://model.example/v1", [".model.example"], undefined],
    ["http://a.model.example/v1", ["*.model.example"], undefined],
    ["http://model.example/v1", ["*"], undefined],
    ["http://model.example:8080/v1", ["model.example:8080"], undefined],
    ["http://model.example/v1", ["model.example:8080"], "http://p"],
    ["http://othermodel.example/v1", ["model.example"], "http://p"],
  ])("%s, except %j: %s", (address, except, proxy) => {
    expect(proxyFor(new URL(address), { http: "http://p", https: "http://s", except })).toBe(proxy);
  });
});

describe("redirects", () => {
  test.each([301, 302, 307, 308])("%i to another host takes nothing along", async (status) => {
    const other = await serve((_request, response) => void response.end());
    const server = await serve((_request, response) =>
      response.writeHead(status, { location: `${other.url}/chat/completions` }).end(),
    );
    const wire = liveWire({ timeoutMs: 5000 });
    const message = await failureOf(wire(`${server.url}/chat/completions`, asked()));
    expect(message).toMatch(/^127\.0\.0\.1:\d+ sends requests on to 127\.0\.0\.1:\d+$/);
    expect([server.received.length, other.received.length]).toEqual([1, 0]);
  });

  test.each([301, 302, 307, 308])(
    "%i on the same host is followed with all of it",
    async (status) => {
      const server = await serve((request, response) => {
        if (request.url?.startsWith("/v1"))
          response.writeHead(status, { location: "/v2/chat/completions" }).end();
        else response.writeHead(200, EVENTS).end(piece("here", "stop") + DONE);
      });
      const wire = liveWire({ timeoutMs: 5000 });
      const response = await wire(`${server.url}/chat/completions`, asked());
      expect(await response.text()).toContain("here");
      expect(server.received[1]).toMatchObject({ method: "POST", body: asked().body });
      expect(server.received[1]?.headers.authorization).toBe(`Bearer ${KEY}`);
    },
  );

  test("a circle ends", async () => {
    const server = await serve((_request, response) =>
      response.writeHead(307, { location: "/v1/chat/completions" }).end(),
    );
    const wire = liveWire({ timeoutMs: 5000 });
    expect(await failureOf(wire(`${server.url}/chat/completions`, asked()))).toMatch(
      /sends requests on/,
    );
    expect(server.received.length).toBeLessThan(10);
  });
});

test("the OpenAI client's own organisation is not sent, ours is", async () => {
  const server = await serve((_request, response) =>
    response.writeHead(200, EVENTS).end(piece("Hi", "stop") + DONE),
  );
  for (const account of [undefined, { organization: "org-2", project: "proj-2" }])
    await liveWire({ timeoutMs: 5000, account })(`${server.url}/chat/completions`, asked());
  const [without, withOurs] = server.received.map(({ headers }) => headers);
  expect([without?.["openai-organization"], without?.["openai-project"]]).toEqual([
    undefined,
    undefined,
  ]);
  expect(withOurs).toMatchObject({ "openai-organization": "org-2", "openai-project": "proj-2" });
});
