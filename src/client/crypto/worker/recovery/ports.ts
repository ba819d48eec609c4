import type {
	KeysBackupRequest,
	KeysQueryRequest,
	KeysUploadRequest,
	OlmMachine,
	SignatureUploadRequest,
} from "@matrix-org/matrix-sdk-crypto-wasm";
import type { RandomBytes } from "../secret-storage/secret-keys.ts";

/** A backup as the server tells of it; what it says is not to be believed. */
export interface ServerBackup {
	readonly version: string;
	readonly algorithm: string;
	readonly auth_data: Readonly<Record<string, unknown>>;
	readonly count: number;
}

/** A device asleep as the server tells of it. */
export interface SleepingDevice {
	readonly device_id: string;
	readonly device_data: Readonly<Record<string, unknown>>;
	/** Since when, in milliseconds since the epoch. */
	readonly created_ts: number;
}

export interface KeyRef {
	readonly roomId: string;
	readonly sessionId: string;
}

/** What recovery asks of the person's server. */
export interface RecoveryServer {
	/** Content of the person's account data; undefined: there is none of this type. */
	accountData(type: string): Promise<unknown>;
	setAccountData(type: string, content: Readonly<Record<string, unknown>>): Promise<void>;
	/** The newest backup; undefined: there is none. */
	currentBackup(): Promise<ServerBackup | undefined>;
	/** Refused where there is a backup that it does not name as the one whose place it takes. */
	createBackup(backup: {
		readonly algorithm: string;
		readonly auth_data: Readonly<Record<string, unknown>>;
		readonly replaces?: string;
	}): Promise<{ readonly version: string }>;
	/** `GET /room_keys/keys`, a page at a time; a session that is not there makes an empty page. */
	backedUpKeys(question: {
		readonly version: string;
		readonly room_id?: string;
		readonly session_id?: string;
		readonly cursor?: KeyRef;
		readonly limit: number;
	}): Promise<{ readonly rooms: Readonly<Record<string, unknown>>; readonly nextCursor?: KeyRef | undefined }>;
	/** Undefined: there is none. */
	sleepingDevice(): Promise<SleepingDevice | undefined>;
	/** The body of `PUT /dehydrated_device`; in place of the one before. */
	putSleepingDevice(body: Readonly<Record<string, unknown>>): Promise<void>;
	/** What was sent to it, a page at a time; an empty one is the last. */
	sleepingDeviceEvents(question: { readonly device_id: string; readonly next_batch?: string }): Promise<{
		readonly events: readonly SentEvent[];
		readonly next_batch: string;
	}>;
	removeSleepingDevice(): Promise<void>;
}

interface SentEvent {
	readonly sender: string;
	readonly type: string;
	readonly content: Readonly<Record<string, unknown>>;
}

export interface Recovery {
	readonly machine: OlmMachine;
	readonly server: RecoveryServer;
	/** Sends a request of the machine and gives it the answer. */
	readonly send: (
		request: KeysUploadRequest | KeysQueryRequest | SignatureUploadRequest | KeysBackupRequest,
	) => Promise<void>;
	readonly random: RandomBytes;
}
