import titles from "lab:titles";
import { curriculum } from "../../lessons/index.ts";

/** All lessons, with the titles of their sections by id: "memory/window". */
export function contentsOf() {
  return { lessons: curriculum, titles };
}

export type Contents = ReturnType<typeof contentsOf>;
