export * from "./layers";
export * from "./matmul";
