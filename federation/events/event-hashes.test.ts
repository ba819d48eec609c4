import { describe, expect, it } from "vitest";
import fixture from "../../tests/fixtures/event-hashes.json" with { type: "json" };
import { getObject, getString, isJsonObject } from "../json/json-object.ts";
import { parseJson } from "../json/parse-json.ts";
import { roomVersion, roomVersions } from "../room-versions/room-versions.ts";
import { testSigner } from "../testing/noble-signer.ts";
import { hashAndSignEvent } from "./hash-and-sign-event.ts";
import { hashMatches } from "./hash-matches.ts";
import { parseEvent } from "./parse-event.ts";

describe("hashes against a separate program's", () => {
	it.each(fixture.cases)("EVT-11 $name, version $version", ({ version: versionId, event, contentHash, eventId }) => {
		const version = roomVersion(versionId) ?? roomVersions["12"];
		const parsing = parseJson(JSON.stringify(event));
		const bare = parsing.kind === "ok" && isJsonObject(parsing.value) ? parsing.value : {};
		const signed = hashAndSignEvent(bare, version, testSigner("one.example"));
		expect(getString(getObject(signed.json, "hashes") ?? {}, "sha256")).toBe(contentHash);
		expect(signed.eventId).toBe(eventId);
		const received = parseEvent(signed.json, version);
		expect(received.kind === "ok" && [received.event.eventId, hashMatches(received.event)]).toEqual([eventId, true]);
	});
});
