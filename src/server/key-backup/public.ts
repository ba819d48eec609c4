export { createKeyBackup, type KeyBackup } from "./create-key-backup.ts";
export type {
	BackedUpKeyRef,
	BackupState,
	KeyBackupStore,
	KeySelection,
	NewBackedUpKey,
	StoredBackedUpKey,
	StoredBackup,
} from "./ports.ts";
