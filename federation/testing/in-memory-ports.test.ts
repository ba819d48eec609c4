import { type ContractRoom, describeEventStore, describeStateStore } from "./graph-contract.ts";
import { inMemoryPorts } from "./in-memory-ports.ts";
import { testSigner } from "./noble-signer.ts";
import { SimulatedServer } from "./simulated-server.ts";

const portsOf = async ({ world, pdus }: ContractRoom) => {
	const server = new SimulatedServer(testSigner("two.example"), world);
	for (const pdu of pdus) await server.receive(pdu);
	return inMemoryPorts(server.room, world);
};

const nothing = async (): Promise<void> => undefined;

describeEventStore("memory", async (room) => ({
	store: (await portsOf(room)).events,
	[Symbol.asyncDispose]: nothing,
}));

describeStateStore("memory", async (room) => ({
	store: (await portsOf(room)).states,
	[Symbol.asyncDispose]: nothing,
}));
