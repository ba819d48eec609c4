import { initAsync } from "@matrix-org/matrix-sdk-crypto-wasm";
import { expect, it } from "vitest";
import { createChangedIdentities } from "./changed-identities.ts";
import { createVolatileMemory } from "./engine-memory.ts";

it("remembers nothing of somebody whose identity changed while it was looked at", async () => {
	await initAsync();
	const answers: (() => void)[] = [];
	const machine = {
		getIdentity: () => new Promise<undefined>((resolve) => answers.push(() => resolve(undefined))),
	};
	const changed = createChangedIdentities(machine, createVolatileMemory());
	const look = async (meanwhile = (): void => undefined): Promise<void> => {
		const found = changed.among(["@ann:kith.test"]);
		await Promise.resolve();
		meanwhile();
		for (const answer of answers.splice(0)) answer();
		await found;
	};
	let looks = 0;
	const counted = { ...machine };
	machine.getIdentity = () => {
		looks += 1;
		return counted.getIdentity();
	};
	await look(() => changed.forget("@ann:kith.test"));
	await look();
	expect(looks).toBe(2);
	await look();
	expect(looks).toBe(2);
});
