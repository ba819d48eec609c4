import { describe } from "vitest";
import { describeBus } from "../../../../tests/contracts/bus-contract.ts";
import { createMemoryBus } from "./memory-bus.ts";

describe("memory bus", () => {
	describeBus(async () => {
		const bus = createMemoryBus();
		return { first: bus, second: bus, [Symbol.asyncDispose]: () => bus.close() };
	});
});
