import { describe, expect, it } from "vitest";
import { createTestDatabase } from "../../../../tests/setup/test-database.ts";
import { hasCurrentMigrations } from "./apply-migrations.ts";

const folder = "prisma/migrations";

describe("applyMigrations", () => {
	it("leaves the tables that the typed client expects", async () => {
		await using test = await createTestDatabase();
		expect(await hasCurrentMigrations(test.database.pool, folder)).toBe(true);
		expect(await test.database.prisma.streamHead.findMany()).toEqual([{ id: 1, position: 1n }]);
	});
});
