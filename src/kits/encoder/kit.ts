import type { Kit, ToolMaker } from "../../lesson/kit.ts";
import type { EncoderTools } from "./tools.ts";

/** For sections that look into the sentence encoder, and into the tiny LM beside it. */
export const encoder: Kit<object, EncoderTools> = {
  name: "encoder",
  open: toolMaker,
  // Both run in this process and cost nothing.
  estimate: toolMaker,
};

async function toolMaker(): Promise<ToolMaker<EncoderTools>> {
  const { encoderTools } = await import("./tools.ts");
  const tools = encoderTools();
  return () => tools;
}
