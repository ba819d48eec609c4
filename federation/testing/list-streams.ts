/** Answers read as they would arrive: in pieces that end anywhere. */
import { JsonListStream } from "../json/json-list-stream.ts";
import { encodeUtf8 } from "../json/utf8.ts";
import type { PeerStreams } from "../ports/peer-streams.ts";
import type { PeerTransport } from "../ports/peer-transport.ts";

const pieceBytes = 1_000;

/** Reads what another transport answers whole. */
export const streamsOver = (transport: PeerTransport): PeerStreams => ({
	requestLists: async (destination, request, take) => {
		const answer = await transport.request(destination, request);
		if (answer.kind !== "answered") return answer;
		const bytes = encodeUtf8(JSON.stringify(answer.content));
		const { maxEntries, maxAnswerBytes = bytes.length } = request;
		const stream = new JsonListStream(request.lists, {
			maxBytes: maxAnswerBytes,
			maxEntries,
			maxEntryBytes: 1_048_576,
		});
		for (let at = 0; at < bytes.length; at += pieceBytes) {
			const reading = stream.push(bytes.subarray(at, at + pieceBytes));
			if (reading.kind === "refused") return { kind: "unreachable", reason: "malformedAnswer", detail: reading.reason };
			for (const { list, value } of reading.entries) await take(list, value);
		}
		const end = stream.end();
		return end.kind === "ok"
			? { kind: "answered", content: end.value }
			: { kind: "unreachable", reason: "malformedAnswer", detail: end.reason };
	},
});
