import type { PeerDownloads } from "../../../../federation/ports/peer-downloads.ts";
import type { PeerStreams } from "../../../../federation/ports/peer-streams.ts";
import type { PeerTransport } from "../../../../federation/ports/peer-transport.ts";

const closed = {
	kind: "unreachable",
	reason: "blocked",
	detail: "this server does not speak with others (KITH_FEDERATION=off)",
} as const;

/** Reaches nobody. */
export const closedTransport: PeerTransport & PeerDownloads & PeerStreams = {
	requestLists: async () => closed,
	request: async () => closed,
	download: async () => closed,
	fetchPublicly: async () => closed,
};
