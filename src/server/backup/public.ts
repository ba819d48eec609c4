export type { ArchiveSummary } from "./archive/read-archive.ts";
export { BackupError } from "./backup-error.ts";
export { createBackup } from "./create-backup.ts";
export { restoreBackup } from "./restore-backup.ts";
