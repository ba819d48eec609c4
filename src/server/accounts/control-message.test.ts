import { expect, it } from "vitest";
import { parseControlMessage } from "./control-message.ts";

it("reads a control message", () => {
	const message = { kind: "sessions-revoked", userId: "@ann:kith.test" };
	expect(parseControlMessage(JSON.stringify(message))).toEqual(message);
});

it.each([
	"",
	"{",
	"null",
	"[]",
	'{"kind":"other"}',
	'{"kind":"sessions-revoked"}',
	'{"kind":"sessions-revoked","userId":1}',
])("ignores %j", (payload) => {
	expect(parseControlMessage(payload)).toBeUndefined();
});
