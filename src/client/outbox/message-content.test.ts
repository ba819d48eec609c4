import { expect, it } from "vitest";
import { messageContent } from "./message-content.ts";

it("what no person wrote is a notice, to which nothing answers by itself", () => {
	expect(messageContent({ body: "Away", isAutomatic: true })).toEqual({
		...{ msgtype: "m.notice", body: "Away", "m.mentions": {} },
	});
	expect(messageContent({ body: "Hello" })["msgtype"]).toBe("m.text");
	expect(messageContent({ body: "Hello", isAutomatic: undefined })["msgtype"]).toBe("m.text");
});
