import * as z from "zod";
import { wirePosition, wireTransactionId, wireUserId } from "./identifiers.ts";
import { personProof } from "./person-proof.ts";

/**
 * Bodies of the Matrix client-server API's calls about keys, as a crypto engine makes and reads them. What is signed passes
 * through unread: the server checks it as a whole.
 */
export type WireJson = Record<string, unknown>;

const isObject = (value: unknown): value is WireJson =>
	typeof value === "object" && value !== null && !Array.isArray(value);

/** An object of any members. */
export const wireJson = z.custom<WireJson>(isObject);
const deviceId = z.string().min(1).max(255);
const mostPeople = 1_000;
const mostDevices = 5_000;

const few =
	(most: number) =>
	(map: object): boolean =>
		Object.keys(map).length <= most;

/** `POST /keys/upload` */
export const uploadKeysInput = z.object({
	device_keys: wireJson.optional(),
	one_time_keys: wireJson.refine(few(500)).optional(),
	fallback_keys: wireJson.refine(few(10)).optional(),
});
export const uploadKeysOutput = z.object({ one_time_key_counts: z.record(z.string(), z.int()) });

/** `POST /keys/query` */
export const queryKeysInput = z.object({
	device_keys: z.record(wireUserId, z.array(deviceId).max(200)).refine(few(mostPeople)),
	timeout: z.int().min(0).optional(),
});
export const queryKeysOutput = z.object({
	device_keys: wireJson,
	master_keys: wireJson,
	self_signing_keys: wireJson,
	user_signing_keys: wireJson,
	failures: z.record(z.string(), wireJson),
});

/** `POST /keys/claim` */
export const claimKeysInput = z.object({
	one_time_keys: z
		.record(wireUserId, z.record(deviceId, z.string().max(64)).refine(few(200)))
		.refine(few(mostPeople))
		.refine((people) => Object.values(people).reduce((sum, of) => sum + Object.keys(of).length, 0) <= mostDevices),
	timeout: z.int().min(0).optional(),
});
export const claimKeysOutput = z.object({ one_time_keys: wireJson, failures: z.record(z.string(), wireJson) });

/** `GET /keys/changes` */
export const keyChangesInput = z.object({ from: wirePosition, to: wirePosition.optional() });
export const keyChangesOutput = z.object({ changed: z.array(wireUserId), left: z.array(wireUserId) });

/** `POST /keys/signatures/upload`: keys with signatures, by person and by what names them. */
export const uploadSignaturesInput = z
	.record(wireUserId, z.record(z.string().max(255), wireJson).refine(few(200)))
	.refine(few(200));
export const uploadSignaturesOutput = z.object({ failures: z.record(z.string(), wireJson) });

/** `POST /keys/device_signing/upload`; `proof` where keys that are there are replaced. */
export const uploadSigningKeysInput = z.object({
	master_key: wireJson.optional(),
	self_signing_key: wireJson.optional(),
	user_signing_key: wireJson.optional(),
	proof: personProof.optional(),
});

/** `PUT /sendToDevice/{eventType}/{txnId}` */
export const sendToDeviceInput = z.object({
	event_type: z.string().min(1).max(255),
	txn_id: wireTransactionId,
	messages: z.record(wireUserId, z.record(deviceId, wireJson).refine(few(500))).refine(few(mostPeople)),
});

/** `/room_keys/version` */
const version = z.string().max(9).regex(/^\d+$/);
export const createBackupInput = z.object({
	algorithm: z.string().max(255),
	auth_data: wireJson,
	/** The version whose place it takes; without one there must be none. */
	replaces: version.optional(),
});
export const backupVersionOutput = z.object({ version });
export const backupInput = z.object({ version });
export const currentBackupInput = z.object({ version: version.optional() });
export const backupOutput = z.object({
	algorithm: z.string(),
	auth_data: wireJson,
	version,
	count: z.int(),
	etag: z.string(),
});
export const updateBackupInput = z.object({ version, algorithm: z.string().max(255), auth_data: wireJson });

/** `/room_keys/keys`: the body of the call for many rooms. */
export const putBackedUpKeysInput = z.object({ version, rooms: wireJson.refine(few(1_000)) });
export const backupStateOutput = z.object({ etag: z.string(), count: z.int() });
const keyRef = z.object({ roomId: z.string().max(255), sessionId: z.string().max(255) });
const selection = { room_id: z.string().max(255).optional(), session_id: z.string().max(255).optional() };
export const backedUpKeysInput = z.object({
	version,
	...selection,
	/** Where the page before ended. */
	cursor: keyRef.optional(),
	limit: z.int().min(1).max(500).default(500),
});
export const backedUpKeysOutput = z.object({ rooms: wireJson, nextCursor: keyRef.optional() });
export const removeBackedUpKeysInput = z.object({ version, ...selection });

/** `PUT /dehydrated_device` of MSC3814 */
export const putDehydratedInput = z.object({
	device_id: deviceId,
	device_data: wireJson,
	device_keys: wireJson,
	one_time_keys: wireJson.refine(few(500)).optional(),
	fallback_keys: wireJson.refine(few(10)).optional(),
	initial_device_display_name: z.string().max(64).optional(),
});
export const dehydratedIdOutput = z.object({ device_id: deviceId });
/** `created_ts`: since when it is asleep, in milliseconds since the epoch; beyond MSC3814. */
export const dehydratedOutput = z.object({ device_id: deviceId, device_data: wireJson, created_ts: z.number() });
export const dehydratedEventsInput = z.object({ device_id: deviceId, next_batch: wirePosition.optional() });
export const dehydratedEventsOutput = z.object({
	events: z.array(z.object({ sender: z.string(), type: z.string(), content: wireJson })),
	next_batch: wirePosition,
});
