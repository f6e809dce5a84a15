export * from "./layers";
export * from "./matmul";
export * from "./whole";
