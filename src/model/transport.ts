import type * as undici from "undici";
import { LabError } from "../errors.ts";
import { withoutSecrets } from "../mask.ts";
import type { Proxies } from "../proxies.ts";
import { urlOf } from "./address.ts";

const NO_PROXIES: Proxies = { except: [] };

/**
 * The platform's own limits, which would end a slow reply before the learner's `--timeout` does.
 */
const NO_LIMITS = { headersTimeout: 0, bodyTimeout: 0 };
const MOST_REDIRECTS = 5;

/**
 * A `fetch` without limits of its own, by way of the proxies, that stays at the host it was sent
 * to.
 *
 * A redirect to another host ends with a LabError: the key, the organisation and the prompt would
 * follow it. One on the same host is followed with the same request.
 */
export function openTransport(proxies: Proxies = NO_PROXIES): typeof fetch {
  let loaded: Promise<(url: URL, init?: RequestInit) => Promise<Response>> | undefined;
  return async (input, init) => {
    loaded ??= loadFetch(proxies);
    const send = await loaded;
    let url = urlOf(input);
    let asked = init;
    for (let hop = 0; ; hop++) {
      const response = await send(url, { ...asked, redirect: "manual" });
      const location = isRedirect(response.status) ? response.headers.get("location") : null;
      if (location === null || !URL.canParse(location, url)) return response;
      await response.body?.cancel();
      const next = new URL(location, url);
      if (!isSameHost(url, next) || hop === MOST_REDIRECTS) throw leadsAway(url, next);
      url = next;
      if (response.status === 303) asked = { ...asked, method: "GET", body: undefined };
    }
  };
}

/** The proxy by which an address is asked; undefined where it is asked directly. */
export function proxyFor(url: URL, proxies: Proxies): string | undefined {
  const proxy = url.protocol === "https:" ? proxies.https : proxies.http;
  if (proxy === undefined || isLoopback(url.hostname)) return undefined;
  const port = url.port || (url.protocol === "https:" ? "443" : "80");
  const isExcepted = proxies.except.some((entry) => {
    const [, name = entry, only] = /^(.*?)(?::(\d+))?$/.exec(entry.toLowerCase()) ?? [];
    if (only !== undefined && only !== port) return false;
    const host = name.replace(/^\*?\./, "");
    return name === "*" || url.hostname === host || url.hostname.endsWith(`.${host}`);
  });
  return isExcepted ? undefined : proxy;
}

/** Whether an address is this machine's own, which no proxy can reach. */
function isLoopback(hostname: string): boolean {
  return /^(?:localhost|.*\.localhost|127(?:\.\d+){3}|\[::1\])$/i.test(hostname);
}

async function loadFetch(proxies: Proxies) {
  const { fetch } = await import("undici");
  const dispatcherFor = await loadDispatchers(proxies);
  return (url: URL, init?: RequestInit) =>
    fetch(url, {
      ...(init as undici.RequestInit),
      dispatcher: dispatcherFor(url),
    }) as unknown as Promise<Response>;
}

/** Loads the ways to addresses: directly or by way of a proxy, without limits of their own. */
export async function loadDispatchers(proxies: Proxies): Promise<(url: URL) => undici.Dispatcher> {
  const { Agent, Pool, ProxyAgent } = await import("undici");
  const direct = new Agent(NO_LIMITS);
  const agents = new Map<string, undici.Dispatcher>();
  const factory = (origin: string | URL, options: object) =>
    new Pool(origin, { ...options, ...NO_LIMITS });
  return (url) => {
    const uri = proxyFor(url, proxies);
    if (uri === undefined) return direct;
    // A plain request is forwarded, because many proxies open tunnels for https only.
    const agent =
      agents.get(uri) ?? new ProxyAgent({ ...NO_LIMITS, uri, factory, proxyTunnel: false });
    agents.set(uri, agent);
    return agent;
  };
}

const isRedirect = (status: number) => [301, 302, 303, 307, 308].includes(status);

/** The same host and port, or the same host's https after its http. */
function isSameHost(from: URL, to: URL): boolean {
  if (from.origin === to.origin) return true;
  return (
    from.hostname === to.hostname &&
    from.protocol === "http:" &&
    to.protocol === "https:" &&
    from.port === "" &&
    to.port === ""
  );
}

function leadsAway(from: URL, to: URL): LabError {
  const base = `${to.origin}${to.pathname}`.replace(
    /\/(?:chat\/completions|completions|embeddings|models)\/?$/,
    "",
  );
  return new LabError(
    `${from.host} sends requests on to ${to.host}`,
    `Your key and your prompt would go there too. If that is right, set OPENAI_BASE_URL to ${withoutSecrets(base)}.`,
  );
}
