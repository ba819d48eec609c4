import { expect, it } from "vitest";
import { createMetrics } from "./metrics.ts";

it("shows what is counted by a label as it stands when somebody reads it", async () => {
	const { registry, gauges } = createMetrics();
	const counts = new Map([["no-key", 2]]);
	gauges({ name: "kith_test_total", help: "A test", label: "reason" }, () => counts);
	expect(await registry.metrics()).toContain('kith_test_total{reason="no-key"} 2');
	counts.set("no-key", 5);
	expect(await registry.metrics()).toContain('kith_test_total{reason="no-key"} 5');
});
