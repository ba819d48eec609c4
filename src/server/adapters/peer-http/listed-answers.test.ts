import { describe, expect, it } from "vitest";
import type { JsonValue } from "../../../../federation/json/json-value.ts";
import type { PeerAnswer } from "../../../../federation/ports/peer-transport.ts";
import { nameOf, query, transportIn } from "../../../../tests/setup/peer-world.ts";
import { startTlsPeer, type TlsPeerAnswer } from "../../../../tests/setup/tls-peer.ts";

const listed = { ...query, lists: ["state", "auth_chain"], maxEntries: 5_000 };

/** What a peer's answer is read as, entry by entry. */
const askForLists = async (
	answer: TlsPeerAnswer,
	request: Partial<typeof listed> & { readonly maxAnswerBytes?: number; readonly timeoutMs?: number } = {},
): Promise<{ readonly answer: PeerAnswer; readonly entries: readonly (readonly [string, JsonValue])[] }> => {
	await using peer = await startTlsPeer({ host: "peer.example", answer });
	const entries: (readonly [string, JsonValue])[] = [];
	const read = await transportIn({ trusted: [peer.certificate] }).requestLists(
		nameOf(peer),
		{ ...listed, ...request },
		async (list, entry) => {
			entries.push([list, entry]);
			await new Promise((resolve) => setImmediate(resolve));
		},
	);
	return { answer: read, entries };
};

const sends =
	(...pieces: readonly (string | Buffer)[]): TlsPeerAnswer =>
	(_, response) => {
		response.writeHead(200);
		for (const piece of pieces) response.write(piece);
		response.end();
	};

describe("long answers", () => {
	it("are read while they come, whoever takes them taking their time", async () => {
		const events = Array.from({ length: 2_000 }, (_, at) => `{"at":${at},"text":"${"ü".repeat(300)}"}`);
		const { answer, entries } = await askForLists(sends('{"state":[', events.join(","), '],"event":{"a":1}}'));
		expect(answer).toEqual({ kind: "answered", content: { state: [], event: { a: 1 } } });
		expect(entries.map(([list]) => list)).toEqual(events.map(() => "state"));
		expect(entries.at(-1)?.[1]).toMatchObject({ at: 1_999 });
	});

	it("are refused as any answer", async () => {
		const refusal: TlsPeerAnswer = (_, response) => {
			response.writeHead(403, { "content-type": "application/json" });
			response.end('{"errcode":"M_FORBIDDEN","error":"no"}');
		};
		expect((await askForLists(refusal)).answer).toMatchObject({ kind: "refused", status: 403, errcode: "M_FORBIDDEN" });
	});

	it.each<[string, TlsPeerAnswer, string]>([
		[
			"that break off in the middle",
			(_, response) => void response.write('{"state":[{"a":1},', () => response.destroy()),
			"connection",
		],
		["that end in the middle", sends('{"state":[{"a":1},{"b"'), "malformedAnswer"],
		["that name a list twice", sends('{"state":[1],"auth_chain":[],"state":[2]}'), "malformedAnswer"],
		["that are nested without end", sends('{"state":[', "[".repeat(100_000)), "malformedAnswer"],
		["with an entry without end", sends('{"state":["', "x".repeat(600_000)), "answerTooLarge"],
		["with more entries than wanted", sends(`{"state":[${"1,".repeat(6_000)}1]}`), "answerTooLarge"],
		["that are no JSON", sends("<html>"), "malformedAnswer"],
		["that are no UTF-8", sends('{"state":["', Buffer.from([0xff, 0xfe]), '"]}'), "malformedAnswer"],
	])("%s are worth nothing", async (_, answer, reason) => {
		expect((await askForLists(answer)).answer).toMatchObject({ kind: "unreachable", reason });
	});

	it("without end are cut off, whether or not their entries are small", async () => {
		const endless: TlsPeerAnswer = (_, response) => {
			response.writeHead(200);
			response.write('{"state":[1');
			const pour = (): void => {
				while (!response.destroyed && response.write(",1".repeat(10_000)));
			};
			response.on("drain", pour);
			pour();
		};
		const bounds = { maxEntries: 1_000_000_000, maxAnswerBytes: 1_000_000 };
		expect((await askForLists(endless, { ...bounds, maxEntries: 20_000 })).answer).toMatchObject({
			reason: "answerTooLarge",
		});
	});
});
