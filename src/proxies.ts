import { LabError } from "./errors.ts";
import { withoutSecrets } from "./mask.ts";

/** The proxies that the environment names. */
export interface Proxies {
  /** the proxy for `http:` addresses */
  http?: string;
  /** the proxy for `https:` addresses */
  https?: string;
  /** hosts that are asked directly: "*", "example.com", ".example.com", "host:8080" */
  except: readonly string[];
}

/**
 * Reads HTTP_PROXY, HTTPS_PROXY, ALL_PROXY and NO_PROXY, in capitals or small letters.
 *
 * @throws LabError for an address that is not one
 */
export function readProxies(env: Record<string, string | undefined>): Proxies {
  const value = (name: string) => env[name.toLowerCase()]?.trim() || env[name]?.trim() || undefined;
  const proxy = (name: string) => {
    const given = value(name) ?? value("ALL_PROXY");
    if (given === undefined) return undefined;
    const address = given.includes("://") ? given : `http://${given}`;
    if (URL.canParse(address) && /^https?:/i.test(address)) return address;
    throw new LabError(
      `${name} is not the address of an HTTP proxy: ${withoutSecrets(given)}`,
      "Write http://host:port, or unset it.",
      2,
    );
  };
  const except = (value("NO_PROXY") ?? "").split(/[\s,]+/).filter((entry) => entry !== "");
  return { http: proxy("HTTP_PROXY"), https: proxy("HTTPS_PROXY"), except };
}
