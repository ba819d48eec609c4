import { request } from "node:https";
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

/** One call of the Client-Server API. Throws `SynapseError` for any other status than 200. */
export const callSynapse = async ({
	url,
	method,
	token,
	content,
	ca,
}: SynapseCall): Promise<Record<string, unknown>> => {
	const headers: Record<string, string> = { "content-type": "application/json" };
	if (token !== undefined) headers["authorization"] = `Bearer ${token}`;
	const { status, body } = await new Promise<{ status: number; body: string }>((resolve, reject) => {
		const sending = request(url, { method, headers, ca }, (response) => {
			text(response).then((whole) => resolve({ status: response.statusCode ?? 0, body: whole }), reject);
		});
		sending.once("error", reject);
		sending.end(content === undefined ? undefined : JSON.stringify(content));
	});
	const answer = JSON.parse(body);
	if (status !== 200) throw new SynapseError(new URL(url).pathname, status, answer);
	return answer;
};
