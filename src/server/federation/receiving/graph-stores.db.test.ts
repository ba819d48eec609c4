import {
	type ContractRoom,
	describeEventStore,
	describeStateStore,
} from "../../../../federation/testing/graph-contract.ts";
import { createTestReceiving, type TestReceiving } from "../../../../tests/setup/test-receiving.ts";
import { createEventStore, createStateStore } from "./graph-stores.ts";

const filled = async ({ world, pdus }: ContractRoom): Promise<TestReceiving> => {
	const kith = await createTestReceiving(world);
	const [create, ...others] = pdus;
	if (create === undefined) throw new Error("the room has no beginning");
	await kith.open(create);
	await kith.hear(others);
	return kith;
};

describeEventStore("PostgreSQL", async (room) => {
	const kith = await filled(room);
	return { store: createEventStore(kith.graph), [Symbol.asyncDispose]: () => kith[Symbol.asyncDispose]() };
});

describeStateStore("PostgreSQL", async (room) => {
	const kith = await filled(room);
	return { store: createStateStore(kith.graph), [Symbol.asyncDispose]: () => kith[Symbol.asyncDispose]() };
});
