import { timingSafeEqual } from "node:crypto";
import { errorBody } from "./protocol.ts";

type Handler = (request: Request) => Response | Promise<Response>;

/** No request that a person writes is larger; a larger one is refused before it is read. */
const MOST_BYTES = 4 * 1024 * 1024;

/** A handler that refuses requests which are too large, and those without the token, if there is one. */
export function guarded(handler: Handler, token?: string): Handler {
  return async (request) => {
    if (token !== undefined && !isToken(request.headers.get("authorization"), token)) {
      return refuse(401, "Incorrect API key provided.", "invalid_api_key");
    }
    if (Number(request.headers.get("content-length") ?? 0) > MOST_BYTES) {
      return refuse(413, `The request is larger than ${MOST_BYTES} bytes.`, "request_too_large");
    }
    return handler(request);
  };
}

function refuse(status: number, message: string, code: string): Response {
  return Response.json(errorBody(message, "invalid_request_error", code), { status });
}

/** Compares in a time that tells nothing of the token. */
function isToken(header: string | null, token: string): boolean {
  const [given, wanted] = [Buffer.from(header ?? ""), Buffer.from(`Bearer ${token}`)];
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}
