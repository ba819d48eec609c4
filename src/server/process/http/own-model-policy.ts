import { nearAddress } from "../../../shared/near-address.ts";

const workerPath = "/ollama-engine/worker.js";

/**
 * The policy of the worker that speaks with a person's own Ollama; undefined for everything else. It may reach the one address
 * that it was asked for with, on the person's device or in their network, and nothing beside it, this server included. Pages
 * may not reach that address, and who runs script in one can have no other kind of address opened.
 */
export function ownModelPolicy(url: string): string | undefined {
	const [path, query] = url.split("?", 2);
	if (path !== workerPath) return undefined;
	const near = nearAddress(new URLSearchParams(query).get("at") ?? "");
	return near === undefined ? "default-src 'none'" : `default-src 'none'; connect-src ${near.origin}`;
}
