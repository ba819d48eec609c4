import { Agent, request } from "node:https";
import { buffer } from "node:stream/consumers";

/** An error answer of the Client-Server API. */
class SynapseError extends Error {
	readonly status: number;
	readonly errcode: string;

	constructor(path: string, status: number, body: { readonly errcode?: string; readonly error?: string }) {
		super(`${path}: ${status} ${body.errcode ?? ""} ${body.error ?? ""}`);
		this.status = status;
		this.errcode = body.errcode ?? "";
	}
}

export interface SynapseCall {
	readonly url: string;
	readonly method: "GET" | "PUT" | "POST";
	readonly token?: string;
	readonly content?: unknown;
	/** A PNG in place of JSON. */
	readonly bytes?: Uint8Array;
	/** What vouches for the server, in PEM. */
	readonly ca: string;
}

const agents = new Map<string, Agent>();

/** Connections stay open, as those of any client. */
const agentFor = (ca: string): Agent => {
	const agent = agents.get(ca) ?? new Agent({ keepAlive: true, ca });
	agents.set(ca, agent);
	return agent;
};

/** One call of the Client-Server API. Throws `SynapseError` for any other status than 200. */
export const callSynapse = async (call: SynapseCall): Promise<Record<string, unknown>> =>
	JSON.parse((await ask(call)).toString());

/** A file. */
export const downloadFromSynapse = (file: Pick<SynapseCall, "url" | "token" | "ca">): Promise<Uint8Array> =>
	ask({ ...file, method: "GET" });

/** Long polls, one after the other; the text of each answer that came with something. Returns the way to stop. */
export const followSync = async (
	{ url, ca, token }: Pick<SynapseCall, "url" | "ca" | "token">,
	onText: (text: string) => void,
): Promise<() => void> => {
	const as = token === undefined ? {} : { token };
	const poll = async (query: string): Promise<string> =>
		(await ask({ url: `${url}/_matrix/client/v3/sync?${query}`, method: "GET", ca, ...as })).toString();
	let since: string = JSON.parse(await poll("timeout=0")).next_batch;
	let isStopped = false;
	const follow = async (): Promise<void> => {
		while (!isStopped) {
			const text = await poll(`timeout=30000&since=${since}`);
			since = JSON.parse(text).next_batch;
			onText(text);
		}
	};
	follow().catch((error: unknown) => {
		if (!isStopped) throw error;
	});
	return () => {
		isStopped = true;
	};
};

const ask = async ({ url, method, token, content, bytes, ca }: SynapseCall): Promise<Buffer> => {
	const headers: Record<string, string> = { "content-type": bytes === undefined ? "application/json" : "image/png" };
	if (token !== undefined) headers["authorization"] = `Bearer ${token}`;
	const { status, body } = await new Promise<{ status: number; body: Buffer }>((resolve, reject) => {
		const sending = request(url, { method, headers, agent: agentFor(ca) }, (response) => {
			buffer(response).then((whole) => resolve({ status: response.statusCode ?? 0, body: whole }), reject);
		});
		sending.once("error", reject);
		sending.end(bytes ?? (content === undefined ? undefined : JSON.stringify(content)));
	});
	if (status !== 200) throw new SynapseError(new URL(url).pathname, status, JSON.parse(body.toString()));
	return body;
};
