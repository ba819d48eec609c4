import { createHmac, randomBytes } from "node:crypto";
import type { Homeserver } from "../homeserver.ts";
import { callSynapse } from "./call-synapse.ts";
import { createSynapsePerson } from "./synapse-person.ts";

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
	return {
		name: new URL(url).host,
		software: `Synapse ${server.version}`,
		register: async (name) => createSynapsePerson({ url, ca, ...(await registerOnSynapse({ url, secret, ca }, name)) }),
	};
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
