import { statSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { LabError } from "../errors.ts";
import { packageFile } from "../package-file.ts";
import { type Checkpoint, STAGES, type Stage } from "./checkpoint.ts";
import { readCheckpoint } from "./checkpoint-file.ts";
import { TinyModel } from "./tiny-model.ts";
import { Tokenizer } from "./tokenizer.ts";

/**
 * Models by name: the three that ship with the package, and "tiny:<file>" for a checkpoint of one's
 * own.
 */
export const SHIPPED_MODELS: readonly string[] = STAGES.map((stage) => `tiny-${stage}`);

export interface NamedModel {
  model: TinyModel;
  /** what it was trained to: a base model continues, the others answer */
  stage: Stage;
}

/** The checkpoint of one of the models that ship with the package. */
export function shippedCheckpoint(stage: Stage): Checkpoint {
  return readCheckpoint(checkpointFile(`tiny-${stage}`));
}

/** The file of a model's name. */
function checkpointFile(name: string): string {
  if (name.startsWith("tiny:")) return name.slice("tiny:".length);
  if (!SHIPPED_MODELS.includes(name)) {
    throw new LabError(
      `There is no tiny model "${name}"`,
      `There is ${SHIPPED_MODELS.join(", ")}, and tiny:<checkpoint>.`,
      2,
    );
  }
  return fileURLToPath(packageFile(`checkpoints/${name}.ckpt`));
}

/** The tokenizer of a model by its name. */
export function tokenizerOf(name: string): Tokenizer {
  return Tokenizer.from(readCheckpoint(checkpointFile(name)));
}

/** Loads models and keeps the last few: a file that was written anew is read anew. */
export function modelShelf() {
  const shelf = new Map<string, NamedModel & { changed: number }>();
  return (name: string): NamedModel => {
    const file = checkpointFile(name);
    const changed = statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
    const known = shelf.get(name);
    if (known?.changed === changed) return known;
    const checkpoint = readCheckpoint(file);
    const { stage, shape, weights } = checkpoint;
    const model = TinyModel.from(shape, Tokenizer.from(checkpoint), weights);
    if (shelf.size >= 6) shelf.delete(shelf.keys().next().value ?? "");
    shelf.set(name, { model, stage, changed });
    return { model, stage };
  };
}
