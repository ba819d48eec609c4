import type { ServerName } from "../../../../federation/identifiers/identifier-types.ts";
import type { NameResolver, PeerRoute } from "../../../../federation/ports/name-resolver.ts";
import type { PeerAnswer } from "../../../../federation/ports/peer-transport.ts";
import type { SelfLook } from "../../federation/public.ts";
import type { HttpsClient } from "./https-client.ts";
import { readAnswer } from "./read-answer.ts";

export interface SelfLookDependencies {
	readonly serverName: ServerName;
	readonly names: NameResolver;
	readonly client: HttpsClient;
	readonly userAgent: string;
}

const timeoutMs = 15_000;
/** Of the document of keys. */
const maxBytes = 64 * 1024;

/** Looks for this server the way another one does, and asks whoever is found. */
export const createSelfLook = ({ serverName, names, client, userAgent }: SelfLookDependencies): SelfLook => ({
	resolve: () => {
		// What was found some time ago is not what is asked for.
		names.distrust(serverName);
		return names.resolve(serverName);
	},
	askForKeys: ({ endpoints, certificateName, hostHeader }: PeerRoute) =>
		askFirst(endpoints, async (endpoint) =>
			readAnswer(
				await client.exchange({
					endpoint,
					certificateName,
					method: "GET",
					path: "/_matrix/key/v2/server",
					headers: { host: hostHeader, "accept-encoding": "identity", "user-agent": userAgent },
					maxBytes: () => maxBytes,
					signal: AbortSignal.timeout(timeoutMs),
				}),
			),
		),
});

/** The first machine that is there; of several that are not, what is wrong with the last. */
const askFirst = async (
	endpoints: PeerRoute["endpoints"],
	ask: (endpoint: PeerRoute["endpoints"][number]) => Promise<PeerAnswer>,
): Promise<PeerAnswer> => {
	let answer: PeerAnswer = { kind: "unreachable", reason: "name", detail: "the name leads to no machine" };
	for (const endpoint of endpoints) {
		answer = await ask(endpoint);
		if (answer.kind !== "unreachable") break;
	}
	return answer;
};

/** Where this server speaks with no other. */
export const closedSelfLook: SelfLook = {
	resolve: async () => ({ kind: "unresolved", detail: "this server speaks with no other: KITH_FEDERATION is off" }),
	askForKeys: async () => ({ kind: "unreachable", reason: "blocked", detail: "KITH_FEDERATION is off" }),
};
