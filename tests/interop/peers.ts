import { readFile } from "node:fs/promises";
import type { ServerTls } from "../server-process/start-server-process.ts";
import type { Homeserver } from "./homeserver.ts";
import { openSynapse, type SynapseOptions } from "./synapse/synapse-homeserver.ts";

/** What `KITH_PEER_*` says: see README.md beside this. */
export interface Peers {
	readonly synapses: readonly Homeserver[];
	/** How the same are reached. */
	readonly synapseOptions: readonly SynapseOptions[];
	/** For Kith: a certificate for `localhost` by the authority that the peers trust. */
	readonly tls: ServerTls;
	readonly caFile: string;
}

export const peerVariables = [
	"KITH_PEER_SYNAPSE_URLS",
	"KITH_PEER_SYNAPSE_SECRET",
	"KITH_PEER_CA",
	"KITH_PEER_TLS_CERT",
	"KITH_PEER_TLS_KEY",
] as const;

/** Opens the peers that the variables name. Throws when one is missing. */
export const openPeers = async (): Promise<Peers> => {
	const [urls, secret, caFile, certFile, keyFile] = peerVariables.map((name) => {
		const value = process.env[name];
		if (value === undefined || value === "") throw new Error(`${name} is not set`);
		return value;
	});
	if (!urls || !secret || !caFile || !certFile || !keyFile) throw new Error("a variable is missing");
	const ca = await readFile(caFile, "utf8");
	const synapseOptions = urls.split(",").map((url) => ({ url, secret, ca }));
	const synapses = await Promise.all(synapseOptions.map(openSynapse));
	return { synapses, synapseOptions, caFile, tls: { certFile, keyFile, ca } };
};
