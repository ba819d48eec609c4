/**
 * The server as the crypto engine sees it: what its requests become. They travel over plain HTTP from the worker itself,
 * so that the engine's work depends on no page. Matrix v1.19 Client-Server API, "End-to-End Encryption".
 */
import type { WireJson } from "../../../shared/wire/key-calls.ts";

/** Each call rejects with Unanswered where nobody answered, and with Refused where the server said no. */
export interface KeyServer {
	upload(body: WireJson): Promise<unknown>;
	query(body: WireJson): Promise<unknown>;
	claim(body: WireJson): Promise<unknown>;
	uploadSignatures(body: WireJson): Promise<unknown>;
	uploadSigningKeys(body: WireJson): Promise<unknown>;
	sendToDevice(message: { event_type: string; txn_id: string; messages: WireJson }): Promise<unknown>;
	acknowledgeToDevice(position: string): Promise<unknown>;
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
		putBackedUpKeys: mutate("keyBackup.putKeys"),
	};
};

const post = async (fetch: Fetch, path: string, body: WireJson): Promise<unknown> => {
	const { status, answer } = await ask(fetch, path, body);
	if (status === 200) return fieldOf(fieldOf(answer, "result"), "data");
	const code = fieldOf(fieldOf(fieldOf(answer, "error"), "data"), "kith");
	const refused = fieldOf(code, "code");
	if (typeof refused !== "string" || status >= 500) throw new Unanswered(`${path}: ${status}`);
	throw new Refused(refused);
};

const ask = async (fetch: Fetch, path: string, body: WireJson): Promise<{ status: number; answer: unknown }> => {
	try {
		const response = await fetch(`/api/trpc/${path}`, {
			...{ method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) },
			signal: AbortSignal.timeout(requestTimeoutMs),
		});
		return { status: response.status, answer: await response.json() };
	} catch (cause) {
		throw new Unanswered(path, { cause });
	}
};

const fieldOf = (value: unknown, name: string): unknown =>
	typeof value === "object" && value !== null ? (value as WireJson)[name] : undefined;
