import type { ServerName } from "../../../../federation/identifiers/identifier-types.ts";
import type { PeerDownloads } from "../../../../federation/ports/peer-downloads.ts";
import type { PeerStreams } from "../../../../federation/ports/peer-streams.ts";
import type { PeerTransport } from "../../../../federation/ports/peer-transport.ts";
import type { ServerGate } from "./create-server-rules.ts";

const blocked = { kind: "unreachable", reason: "blocked", detail: "the owner wants no contact with it" } as const;

/** Asks no server that the owner wants nothing to do with: for keys, pictures, rooms or anything else. */
export const gatedPeers = (
	peers: PeerTransport & PeerDownloads & PeerStreams,
	gate: ServerGate,
): PeerTransport & PeerDownloads & PeerStreams => {
	const isShut = (server: ServerName): boolean => !gate.isAllowed(server);
	return {
		request: async (server, request) => (isShut(server) ? blocked : peers.request(server, request)),
		requestLists: async (server, request, take) =>
			isShut(server) ? blocked : peers.requestLists(server, request, take),
		download: async (server, request) => (isShut(server) ? blocked : peers.download(server, request)),
		fetchPublicly: peers.fetchPublicly,
	};
};
