import { bitsOf, CREATED, idOf, piecesOf, type Reply } from "../protocol.ts";
import { idCarrying } from "./ids.ts";
import type { ResponseRequest } from "./request.ts";

/** The body of a whole response. */
export function wholeResponse(request: ResponseRequest, reply: Reply) {
  const isCut = reply.finish === "length";
  return {
    ...outline(request),
    status: isCut ? "incomplete" : "completed",
    completed_at: isCut ? null : CREATED,
    incomplete_details: isCut ? { reason: "max_output_tokens" } : null,
    output: itemsOf(request, reply),
    usage: usageOf(reply),
  };
}

/** The events of a streamed response, numbered, in the order in which OpenAI sends them. */
export function* responseEvents(request: ResponseRequest, reply: Reply) {
  let number = 0;
  const event = (type: string, more: object) => ({ type, sequence_number: number++, ...more });
  const begun = { ...outline(request), status: "in_progress", output: [], usage: null };
  yield event("response.created", { response: begun });
  yield event("response.in_progress", { response: begun });
  for (const [output_index, item] of itemsOf(request, reply).entries()) {
    const place = { item_id: item.id, output_index };
    const empty = item.type === "message" ? { content: [] } : { arguments: "" };
    yield event("response.output_item.added", {
      output_index,
      item: { ...item, status: "in_progress", ...empty },
    });
    if (item.type === "message") {
      const [part] = item.content;
      const at = { ...place, content_index: 0 };
      yield event("response.content_part.added", { ...at, part: { ...part, text: "" } });
      for (const delta of piecesOf(part.text))
        yield event("response.output_text.delta", { ...at, delta, logprobs: [] });
      yield event("response.output_text.done", { ...at, text: part.text, logprobs: [] });
      yield event("response.content_part.done", { ...at, part });
    } else {
      const { name, arguments: given } = item;
      for (const delta of bitsOf(given))
        yield event("response.function_call_arguments.delta", { ...place, delta });
      yield event("response.function_call_arguments.done", { ...place, name, arguments: given });
    }
    yield event("response.output_item.done", { output_index, item });
  }
  const response = wholeResponse(request, reply);
  yield event(`response.${response.status}`, { response });
}

/** What a response says again of its request. */
function outline(request: ResponseRequest) {
  return {
    id: idOf("resp_", request),
    object: "response",
    created_at: CREATED,
    background: false,
    error: null,
    incomplete_details: null,
    instructions: request.instructions ?? null,
    max_output_tokens: request.max_output_tokens ?? null,
    max_tool_calls: request.max_tool_calls ?? null,
    metadata: request.metadata ?? {},
    model: request.model,
    parallel_tool_calls: request.parallel_tool_calls ?? true,
    previous_response_id: null,
    prompt_cache_key: request.prompt_cache_key ?? null,
    reasoning: { effort: null, summary: null },
    safety_identifier: request.safety_identifier ?? null,
    service_tier: "default",
    // Whatever was asked for: nothing is kept here.
    store: false,
    temperature: request.temperature ?? 1,
    text: { format: request.text?.format ?? { type: "text" }, verbosity: "medium" },
    tool_choice: request.tool_choice ?? "auto",
    tools: request.tools ?? [],
    top_logprobs: 0,
    top_p: request.top_p ?? 1,
    truncation: request.truncation ?? "disabled",
    user: request.user ?? null,
  };
}

function itemsOf(request: ResponseRequest, { text, calls, finish }: Reply) {
  const status = finish === "length" ? "incomplete" : "completed";
  const said = calls.length === 0 || text !== "" ? [messageOf(text, status)] : [];
  const called = calls.map(({ name, arguments: given }, at) => {
    const call_id = idOf(`call_${at || ""}`, request);
    const call = { type: "function_call" as const, call_id, name, arguments: given };
    return { id: idCarrying("fc", call), status, ...call };
  });
  return [...said, ...called];
}

function messageOf(text: string, status: string) {
  const part = { type: "output_text" as const, text, annotations: [], logprobs: [] };
  const carried = { type: "message", role: "assistant", content: text };
  const id = idCarrying("msg", carried);
  const content: [typeof part] = [part];
  return { id, type: "message" as const, status, role: "assistant", content };
}

function usageOf({ tokens }: Reply) {
  return {
    input_tokens: tokens.prompt,
    input_tokens_details: { cached_tokens: 0, cache_write_tokens: 0 },
    output_tokens: tokens.reply,
    output_tokens_details: { reasoning_tokens: 0 },
    total_tokens: tokens.prompt + tokens.reply,
  };
}
