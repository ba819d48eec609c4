/**
 * Reads an answer of so many megabytes as a join does, and says how much memory that took. Run by itself, with a heap that the
 * answer does not fit into: `node --max-old-space-size=96 --import tsx tests/interop/read-long-answer.ts 50`.
 */
import { tmpdir } from "node:os";
import { ArrivedEvents } from "@federation/handshakes/arrived-events.ts";
import { judgeArrived } from "@federation/handshakes/judge-arrived.ts";
import type { RoomId } from "@federation/identifiers/identifier-types.ts";
import { JsonListStream } from "@federation/json/json-list-stream.ts";
import { roomVersions } from "@federation/room-versions/room-versions.ts";
import { nodeVerifier } from "../../src/server/adapters/crypto-node/node-verifier.ts";
import { createFileShelf } from "../../src/server/adapters/event-shelf-file/file-shelf.ts";

const megabytes = Number(process.argv[2]);
const roomId = "!room:one.example" as RoomId;
const version = roomVersions["11"];

/** Members of many servers, each an event of about a kilobyte that stands on the one before it. */
function* answer(): Generator<string> {
	yield '{"origin":"one.example","state":[';
	for (let at = 0, bytes = 0; bytes < megabytes * 1_048_576; at += 1) {
		const userId = `@person${at}:server${at % 500}.example`;
		const text = JSON.stringify({
			auth_events: [`$${"a".repeat(43)}`, `$${String(at).padStart(43, "b")}`],
			content: { membership: "join", displayname: `Person ${at}`, about: "ü".repeat(300) },
			depth: at,
			hashes: { sha256: "A".repeat(43) },
			origin_server_ts: at,
			prev_events: [`$${String(at).padStart(43, "c")}`],
			room_id: roomId,
			sender: userId,
			signatures: { [`server${at % 500}.example`]: { "ed25519:auto": "B".repeat(86) } },
			state_key: userId,
			type: "m.room.member",
		});
		bytes += Buffer.byteLength(text);
		yield at === 0 ? text : `,${text}`;
	}
	yield '],"auth_chain":[]}';
}

let peakBytes = 0;
const look = (): void => {
	peakBytes = Math.max(peakBytes, process.memoryUsage().rss);
};

const arrived = new ArrivedEvents(version, createFileShelf(tmpdir()));
const stream = new JsonListStream(["state", "auth_chain"], {
	maxBytes: 256 * 1_048_576,
	maxEntries: 500_000,
	maxEntryBytes: 524_288,
});
for (const text of answer()) {
	const reading = stream.push(Buffer.from(text));
	if (reading.kind === "refused") throw new Error(reading.reason);
	for (const { value } of reading.entries) await arrived.take(value);
	if (arrived.size % 500 === 0) look();
}
const end = stream.end();
if (end.kind === "refused") throw new Error(end.reason);
const nothing = { events: async () => new Map() };
const keys = { find: async () => ({ keys: () => undefined, unreachable: new Set<never>() }) };
const judged = await judgeArrived(
	arrived,
	{ roomId, version },
	{ keys, verifier: nodeVerifier, events: nothing, between: look },
);
await arrived.close();
const figures = { events: arrived.size, leftOut: judged.leftOut.length, peakMegabytes: peakBytes / 1_048_576 };
process.stdout.write(JSON.stringify(figures));
