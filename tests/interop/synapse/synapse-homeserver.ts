import { createHmac, randomBytes } from "node:crypto";
import type { Homeserver } from "../homeserver.ts";
import { callSynapse } from "./call-synapse.ts";
import { createSynapsePerson, type SynapsePersonOptions } from "./synapse-person.ts";

export interface SynapseOptions {
	/** `https://localhost:18448` */
	readonly url: string;
	/** Its `registration_shared_secret`. */
	readonly secret: string;
	/** What vouches for it, in PEM. */
	readonly ca: string;
}

const password = "correct horse battery";

/** A Synapse that runs already. */
export const openSynapse = async ({ url, secret, ca }: SynapseOptions): Promise<Homeserver> => {
	const version = await callSynapse({ url: `${url}/_matrix/federation/v1/version`, method: "GET", ca });
	const server = version["server"] as { readonly version: string };
	const register = async (name: string) => ({ url, ca, ...(await registerOnSynapse({ url, secret, ca }, name)) });
	let isListing: Promise<boolean> | undefined;
	return {
		name: new URL(url).host,
		software: `Synapse ${server.version}`,
		register: async (name) => createSynapsePerson(await register(name)),
		listsRooms: () => {
			isListing ??= register("lister").then(listsRooms);
			return isListing;
		},
	};
};

/** Since its version 1.126 a Synapse publishes nobody's rooms unless it is told to. */
const listsRooms = async ({ url, ca, token }: Pick<SynapsePersonOptions, "url" | "ca" | "token">): Promise<boolean> => {
	const client = `${url}/_matrix/client/v3`;
	const content = { preset: "public_chat", visibility: "public" };
	const made = await callSynapse({ url: `${client}/createRoom`, method: "POST", token, content, ca });
	const entry = `${client}/directory/list/room/${encodeURIComponent(String(made["room_id"]))}`;
	return (await callSynapse({ url: entry, method: "GET", token, ca }))["visibility"] === "public";
};

/** Makes an account; the name is made unique. */
export const registerOnSynapse = async (
	{ url, secret, ca }: SynapseOptions,
	name: string,
): Promise<{ readonly userId: string; readonly token: string }> => {
	const address = `${url}/_synapse/admin/v1/register`;
	const { nonce } = await callSynapse({ url: address, method: "GET", ca });
	const username = `${name}-${randomBytes(5).toString("hex")}`;
	const mac = createHmac("sha1", secret).update([nonce, username, password, "notadmin"].join("\0")).digest("hex");
	const content = { nonce, username, password, mac };
	const answer = await callSynapse({ url: address, method: "POST", content, ca });
	return { userId: String(answer["user_id"]), token: String(answer["access_token"]) };
};
