import { describe, expect, it } from "vitest";
import { wireAccountDataType } from "./account-data.ts";

describe("wireAccountDataType", () => {
	it.each([
		"kith.privacy",
		"m.secret_storage.default_key",
		"m.secret_storage.key.fIJJ3eXcP7CBuHsfYFXk09jWHcCt6bjk",
		"m.cross_signing.self_signing",
		"m.megolm_backup.v1",
		"org.matrix.msc3814",
	])("takes %s", (type) => {
		expect(wireAccountDataType.safeParse(type).success).toBe(true);
	});

	it.each(["", "M.upper", ".dot", "m..two", "m.", "m.with space", "m.ü", "a/b", `m.${"x".repeat(127)}`])(
		"refuses %j",
		(type) => {
			expect(wireAccountDataType.safeParse(type).success).toBe(false);
		},
	);
});
