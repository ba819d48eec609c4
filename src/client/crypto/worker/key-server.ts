/**
 * The server as the crypto engine sees it: what its requests become. They travel over plain HTTP from the worker itself,
 * so that the engine's work depends on no page. Matrix v1.19 Client-Server API, "End-to-End Encryption".
 */
import { filesPath, mediaAddressPath } from "../../../shared/media-address.ts";
import {
	backedUpKeysOutput,
	backupOutput,
	backupVersionOutput,
	dehydratedEventsOutput,
	dehydratedOutput,
	type WireJson,
} from "../../../shared/wire/key-calls.ts";
import { uploadOutput } from "../../../shared/wire/media-calls.ts";
import { sentOutput } from "../../../shared/wire/message-calls.ts";
import { membersOutput } from "../../../shared/wire/room-calls.ts";
import type { HistoryServer } from "./history/history-server.ts";
import type { RecoveryServer } from "./recovery/ports.ts";

/** Each call rejects with Unanswered where nobody answered, and with Refused where the server said no. */
export interface KeyServer extends RecoveryServer, HistoryServer {
	upload(body: WireJson): Promise<unknown>;
	query(body: WireJson): Promise<unknown>;
	claim(body: WireJson): Promise<unknown>;
	uploadSignatures(body: WireJson): Promise<unknown>;
	uploadSigningKeys(body: WireJson): Promise<unknown>;
	sendToDevice(message: { event_type: string; txn_id: string; messages: WireJson }): Promise<unknown>;
	acknowledgeToDevice(position: string): Promise<unknown>;
	/** Puts sealed content into a room. */
	sendEncrypted(message: { roomId: string; transactionId: string; content: WireJson }): Promise<{ eventId: string }>;
	putBackedUpKeys(body: WireJson & { version: string }): Promise<unknown>;
}

/** Nobody answered in time. */
export class Unanswered extends Error {}

/** The server's own refusal. */
export class Refused extends Error {
	readonly code: string;

	constructor(code: string) {
		super(`the server refused: ${code}`);
		this.code = code;
	}
}

/** How long a request may take before it counts as unanswered. */
const requestTimeoutMs = 60_000;

type Fetch = (address: string, init: RequestInit) => Promise<Response>;

export const createKeyServer = (fetch: Fetch): KeyServer => {
	const mutate = (path: string) => (body: WireJson) => post(fetch, path, body);
	return {
		upload: mutate("keys.upload"),
		query: mutate("keys.query"),
		claim: mutate("keys.claim"),
		uploadSignatures: mutate("keys.uploadSignatures"),
		uploadSigningKeys: mutate("keys.uploadSigningKeys"),
		sendToDevice: mutate("toDevice.send"),
		acknowledgeToDevice: (position) => post(fetch, "toDevice.acknowledge", { position }),
		sendEncrypted: async (message) => sentOutput.parse(await post(fetch, "messages.sendEncrypted", message)),
		putBackedUpKeys: mutate("keyBackup.putKeys"),
		...recoveryServer(fetch),
		...historyServer(fetch),
	};
};

/** Undefined where the server says that there is none. */
const orNone = async <T>(answer: Promise<T>): Promise<T | undefined> => {
	try {
		return await answer;
	} catch (error) {
		if (error instanceof Refused && error.code === "not-found") return undefined;
		throw error;
	}
};

const recoveryServer = (fetch: Fetch): RecoveryServer => ({
	accountData: async (type) => fieldOf(await read(fetch, "accountData.get", { type }), "content"),
	setAccountData: async (type, content) => void (await post(fetch, "accountData.set", { type, content })),
	currentBackup: async () => {
		const found = await orNone(read(fetch, "keyBackup.version", {}));
		return found === undefined ? undefined : backupOutput.parse(found);
	},
	createBackup: async (backup) => backupVersionOutput.parse(await post(fetch, "keyBackup.create", { ...backup })),
	backedUpKeys: async (question) => backedUpKeysOutput.parse(await read(fetch, "keyBackup.keys", { ...question })),
	sleepingDevice: async () => {
		const found = await orNone(read(fetch, "dehydratedDevice.read", {}));
		return found === undefined ? undefined : dehydratedOutput.parse(found);
	},
	putSleepingDevice: async (body) => void (await post(fetch, "dehydratedDevice.put", body)),
	sleepingDeviceEvents: async (question) =>
		dehydratedEventsOutput.parse(await read(fetch, "dehydratedDevice.events", { ...question })),
	removeSleepingDevice: async () => void (await orNone(post(fetch, "dehydratedDevice.remove", {}))),
});

const historyServer = (fetch: Fetch): HistoryServer => ({
	putFile: async (bytes) => {
		const uploadId = crypto.randomUUID().replaceAll("-", "");
		const headers = { "content-type": "application/octet-stream" };
		const body = new Blob([bytes as Uint8Array<ArrayBuffer>]);
		const response = await answered(fetch, `${filesPath}/${uploadId}?for=device`, { method: "PUT", headers, body });
		return uploadOutput.parse(await response.json()).contentUri;
	},
	readFile: async (address) => {
		const path = mediaAddressPath(address, "file");
		if (path === undefined) throw new Refused("not-found");
		return new Uint8Array(await (await answered(fetch, path, { method: "GET" })).arrayBuffer());
	},
	membershipOf: async (roomId, userId) => {
		const { items } = membersOutput.parse(await read(fetch, "rooms.members", { roomId, text: userId, limit: 50 }));
		return items.find((member) => member.userId === userId)?.membership;
	},
});

/** An answer with a body that is no JSON of the API's. */
const answered = async (fetch: Fetch, address: string, init: RequestInit): Promise<Response> => {
	const response = await fetch(address, { ...init, signal: AbortSignal.timeout(requestTimeoutMs) }).catch((cause) => {
		throw new Unanswered(address, { cause });
	});
	if (response.ok) return response;
	if (response.status >= 500) throw new Unanswered(`${address}: ${response.status}`);
	throw new Refused(String(response.status));
};

/** A mutation. */
const post = async (fetch: Fetch, path: string, body: WireJson): Promise<unknown> =>
	ask(fetch, path, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });

/** A query. */
const read = (fetch: Fetch, path: string, input: WireJson): Promise<unknown> =>
	ask(fetch, `${path}?input=${encodeURIComponent(JSON.stringify(input))}`, { method: "GET" });

const ask = async (fetch: Fetch, path: string, init: RequestInit): Promise<unknown> => {
	const { status, answer } = await answerOf(fetch, path, init);
	if (status === 200) return fieldOf(fieldOf(answer, "result"), "data");
	const code = fieldOf(fieldOf(fieldOf(answer, "error"), "data"), "kith");
	const refused = fieldOf(code, "code");
	if (typeof refused !== "string" || status >= 500) throw new Unanswered(`${path}: ${status}`);
	throw new Refused(refused);
};

const answerOf = async (
	fetch: Fetch,
	path: string,
	init: RequestInit,
): Promise<{ status: number; answer: unknown }> => {
	try {
		const response = await fetch(`/api/trpc/${path}`, { ...init, signal: AbortSignal.timeout(requestTimeoutMs) });
		return { status: response.status, answer: await response.json() };
	} catch (cause) {
		throw new Unanswered(path, { cause });
	}
};

const fieldOf = (value: unknown, name: string): unknown =>
	typeof value === "object" && value !== null ? (value as WireJson)[name] : undefined;
