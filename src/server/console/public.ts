export { type Console, createConsole } from "./create-console.ts";
export type { BackupRecord } from "./ports.ts";
