import type { Kit, ToolMaker } from "../../lesson/kit.ts";
import type { VectorsPort, VectorTools } from "./tools.ts";

/** For sections about vector stores: a store, documents to fill it with, and maps of vectors. */
export const vectors: Kit<VectorsPort, VectorTools> = {
  name: "vectors",
  open: toolsWith,
  estimate: (port) => toolsWith({ ...port, store: "memory", settings: {}, model: "estimate" }),
};

async function toolsWith(port: VectorsPort): Promise<ToolMaker<VectorTools>> {
  const { lessonStores } = await import("./stores.ts");
  const { vectorTools } = await import("./tools.ts");
  const stores = lessonStores(port);
  return (step) => vectorTools(stores, step);
}
