import type { Kit, ToolMaker } from "../../lesson/kit.ts";
import type { TrainingPort, TrainingTools } from "./tools.ts";

/** For sections that train a tiny model. */
export const training: Kit<TrainingPort, TrainingTools> = {
  name: "training",
  open: async (port) => toolsWith(port),
  estimate: async (port) => toolsWith({ ...port, isIdle: true }),
};

function toolsWith(port: TrainingPort & { isIdle?: boolean }): ToolMaker<TrainingTools> {
  return ({ emit, scratch }) => ({
    train: async (options = {}) => {
      const { openTrainee } = await import("./trainee.ts");
      const file = (name: string) => scratch.file(name);
      const trainee = await openTrainee(options, { ...port, emit, file });
      scratch.onRemove(() => trainee.close());
      return trainee;
    },
    progress: async (event) => emit(event),
  });
}
