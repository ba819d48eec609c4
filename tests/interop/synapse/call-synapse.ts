import { Agent, request } from "node:https";
import { text } from "node:stream/consumers";

/** An error answer of the Client-Server API. */
export class SynapseError extends Error {
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
export const callSynapse = async (call: SynapseCall): Promise<Record<string, unknown>> => JSON.parse(await ask(call));

/** Long polls, one after the other; the text of each answer that came with something. Returns the way to stop. */
export const followSync = async (
	{ url, ca, token }: Pick<SynapseCall, "url" | "ca" | "token">,
	onText: (text: string) => void,
): Promise<() => void> => {
	const poll = (query: string): Promise<string> =>
		ask({
			url: `${url}/_matrix/client/v3/sync?${query}`,
			method: "GET",
			ca,
			...(token === undefined ? {} : { token }),
		});
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

const ask = async ({ url, method, token, content, ca }: SynapseCall): Promise<string> => {
	const headers: Record<string, string> = { "content-type": "application/json" };
	if (token !== undefined) headers["authorization"] = `Bearer ${token}`;
	const { status, body } = await new Promise<{ status: number; body: string }>((resolve, reject) => {
		const sending = request(url, { method, headers, agent: agentFor(ca) }, (response) => {
			text(response).then((whole) => resolve({ status: response.statusCode ?? 0, body: whole }), reject);
		});
		sending.once("error", reject);
		sending.end(content === undefined ? undefined : JSON.stringify(content));
	});
	if (status !== 200) throw new SynapseError(new URL(url).pathname, status, JSON.parse(body));
	return body;
};
