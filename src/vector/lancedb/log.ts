import process from "node:process";

// LanceDB's native part prints warnings of no use to a learner right into the terminal, and reads what to
// print once, when it is loaded: so this file is imported before it.
process.env.LANCEDB_LOG ??= "error";
