import type { Kit, ToolMaker } from "../../lesson/kit.ts";
import type { scripted, strictEndpoint, tape } from "../../testing/main.ts";

interface EndpointTools {
  /** Refuses what real providers refuse: `llm-lab/testing`. */
  strictEndpoint: typeof strictEndpoint;
  /** Answers from a list: `llm-lab/testing`. */
  scripted: typeof scripted;
  /** Records, or answers from a recording: `llm-lab/testing`. */
  tape: typeof tape;
  /** The run's own way to its endpoint; what passes it is shown and paid for. */
  wire: typeof fetch;
}

/** For sections about tests: the endpoints of `llm-lab/testing`, for `chat({ fetch })`. */
export const endpoints: Kit<object, EndpointTools> = {
  name: "endpoints",
  open: toolMaker,
  // They answer in this process and cost nothing.
  estimate: toolMaker,
};

async function toolMaker(): Promise<ToolMaker<EndpointTools>> {
  const { scripted, strictEndpoint, tape } = await import("../../testing/main.ts");
  return ({ models: { wire } }) => ({ scripted, strictEndpoint, tape, wire });
}
