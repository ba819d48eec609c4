import { createHmac, randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { type Agent, Agent as HttpsAgent, request } from "node:https";
import { text } from "node:stream/consumers";
import { nextTransactionId } from "../message.ts";
import { inParallel, range } from "../statistics.ts";
import type { Peer, PeerPerson } from "./peer.ts";

type Variables = Readonly<Record<string, string | undefined>>;
type Reply = Readonly<Record<string, string>>;

interface Call {
	readonly method: "GET" | "PUT" | "POST";
	readonly path: string;
	readonly body?: unknown;
	readonly token?: string;
}

/** A Synapse, found by the variables that say where one runs; a line that says what is missing when there is none. */
export async function findSynapse(variables: Variables): Promise<Peer | { readonly missing: string }> {
	const [url] = (variables["KITH_PEER_SYNAPSE_URLS"] ?? "").split(",");
	const secret = variables["KITH_PEER_SYNAPSE_SECRET"];
	const caFile = variables["KITH_PEER_CA"];
	if (url === undefined || url === "") return { missing: "KITH_PEER_SYNAPSE_URLS is not set" };
	if (secret === undefined) return { missing: "KITH_PEER_SYNAPSE_SECRET is not set" };
	const agentOptions = { keepAlive: true, ...(caFile === undefined ? {} : { ca: await readFile(caFile) }) };
	const registrar = new HttpsAgent(agentOptions);
	return {
		name: "Synapse",
		addPeople: (count) =>
			inParallel(range(count), 4, async () => {
				const token = await register((call) => ask(url, registrar, call), secret);
				return createPerson(url, new HttpsAgent(agentOptions), token);
			}),
	};
}

function createPerson(url: string, agent: Agent, token: string): PeerPerson {
	const call = (method: Call["method"], path: string, body: unknown): Promise<Reply> =>
		ask(url, agent, { method, path: `/_matrix/client/v3${path}`, body, token });
	return {
		createRoom: async () => {
			const { room_id: roomId } = await call("POST", "/createRoom", { preset: "public_chat", name: "Room" });
			if (roomId === undefined) throw new Error("Synapse made no room");
			return roomId;
		},
		join: async (roomId) => void (await call("POST", `/join/${encodeURIComponent(roomId)}`, {})),
		send: async (roomId, body) => {
			const path = `/rooms/${encodeURIComponent(roomId)}/send/m.room.message/${nextTransactionId()}`;
			await call("PUT", path, { msgtype: "m.text", body });
		},
		close: () => agent.destroy(),
	};
}

/** Synapse's registration by shared secret, as its administrators' manual describes it. */
async function register(call: (call: Call) => Promise<Reply>, secret: string): Promise<string> {
	const path = "/_synapse/admin/v1/register";
	const { nonce } = await call({ method: "GET", path });
	const username = `bench-${randomBytes(6).toString("hex")}`;
	const password = randomBytes(9).toString("hex");
	const mac = createHmac("sha1", secret).update([nonce, username, password, "notadmin"].join("\0")).digest("hex");
	const body = { nonce, username, password, mac, admin: false };
	const { access_token: token } = await call({ method: "POST", path, body });
	if (token === undefined) throw new Error("Synapse made no account");
	return token;
}

async function ask(url: string, agent: Agent, { method, path, body, token }: Call): Promise<Reply> {
	const headers = {
		"content-type": "application/json",
		...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
	};
	const answer = await new Promise<{ status: number; body: string }>((resolve, reject) => {
		const sending = request(`${url}${path}`, { method, headers, agent }, (response) => {
			text(response).then((read) => resolve({ status: response.statusCode ?? 0, body: read }), reject);
		});
		sending.once("error", reject);
		sending.end(body === undefined ? undefined : JSON.stringify(body));
	});
	if (answer.status !== 200) throw new Error(`Synapse answered ${path} with ${answer.status}`);
	return JSON.parse(answer.body);
}
