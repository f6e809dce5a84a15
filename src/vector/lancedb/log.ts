/**
 * Keeps LanceDB's native part from printing warnings right into the terminal. It reads what to print once, when
 * it is loaded, so this comes before.
 */
export function quietLance(): void {
  process.env.LANCEDB_LOG ??= "error";
}
