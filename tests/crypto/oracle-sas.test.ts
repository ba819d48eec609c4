import { initAsync, type Sas, UserId, VerificationMethod } from "@matrix-org/matrix-sdk-crypto-wasm";
import Olm from "@matrix-org/olm";
import { beforeAll, describe, expect, it } from "vitest";
import { openLibolmSas, type SasMessage } from "./libolm-client/libolm-sas.ts";
import { ann, bob, openTwoImplementations } from "./two-implementations.ts";

const transactionId = "verification-1";

type Sent = { readonly event_type: string; readonly body: string };

/** Ann's engine and Bob's libolm, about to compare what they show. */
const openVerification = async (change: (message: SasMessage) => SasMessage = (message) => message) => {
	const two = await openTwoImplementations();
	const { machine } = two.engine;
	const identity = await machine.getIdentity(new UserId(ann));
	const engineKeys = {
		"ed25519:ENGINE": machine.identityKeys.ed25519.toBase64(),
		...masterKey(identity?.masterKey ?? "{}"),
	};
	const other = { userId: ann, deviceId: "ENGINE" };
	const sas = openLibolmSas({ own: two.libolm.own, other, otherKeys: engineKeys, transactionId });
	/** To the engine, which answers by itself; what it sends goes to libolm, and so on until nobody says any more. */
	const deliver = async (...messages: readonly SasMessage[]): Promise<void> => {
		if (messages.length === 0) return;
		const toDevice = messages
			.map(change)
			.map(({ type, content }) => ({ position: "1", sender: bob, type, content: { ...content } }));
		const news = { ...two.server.newsFor(ann, "ENGINE"), toDevice };
		await two.engine.receive(news);
		await hear();
	};
	/** What the engine sent meanwhile. */
	const hear = async (): Promise<void> => {
		const { toDevice } = two.server.newsFor(bob, "LIBOLM");
		for (const { type, content } of toDevice) await deliver(...sas.receive(change({ type, content })));
	};
	const send = async (request: Sent | undefined): Promise<void> => {
		if (request === undefined) throw new Error("the engine has nothing to say");
		await two.engine.send(request as never);
		await hear();
	};
	const engineSas = (): Sas => machine.getVerification(new UserId(bob), transactionId) as Sas;
	const accept = async (): Promise<void> => {
		await deliver(sas.request());
		const request = machine.getVerificationRequest(new UserId(bob), transactionId);
		await send(request?.acceptWithMethods([VerificationMethod.SasV1]) as Sent | undefined);
	};
	return { ...two, sas, deliver, send, engineSas, accept, machine };
};

const masterKey = (json: string): Record<string, string> => JSON.parse(json).keys;

/** Begun by either: afterwards both have the other's key. */
const begin = {
	"the engine": async ({ machine, send, accept }: Awaited<ReturnType<typeof openVerification>>) => {
		await accept();
		const started = await machine.getVerificationRequest(new UserId(bob), transactionId)?.startSas();
		await send(started?.[1] as Sent | undefined);
	},
	libolm: async ({ sas, deliver, send, accept, engineSas }: Awaited<ReturnType<typeof openVerification>>) => {
		await accept();
		await deliver(sas.start());
		await send(engineSas().accept() as Sent | undefined);
	},
};

/** Bob's side says that it is the same: its device, and its person's identity. */
const ownKeys = ({ libolm }: Awaited<ReturnType<typeof openVerification>>, master: string) => ({
	"ed25519:LIBOLM": libolm.own.ed25519,
	[`ed25519:${master}`]: master,
});

const masterOfBob = async ({ machine }: Awaited<ReturnType<typeof openVerification>>): Promise<string> => {
	const identity = await machine.getIdentity(new UserId(bob));
	return Object.values(masterKey(identity?.masterKey ?? "{}"))[0] ?? "";
};

describe.each(["the engine", "libolm"] as const)("verification by emoji, begun by %s", (starter) => {
	beforeAll(async () => {
		await initAsync();
		await Olm.init();
	});

	it("shows both the same seven, and each believes the other in the end", async () => {
		const test = await openVerification();
		await begin[starter](test);
		expect([...(test.engineSas().emojiIndex() ?? [])]).toEqual(test.sas.emojiIndices());
		expect(test.sas.emojiIndices()).toHaveLength(7);
		const sas = test.engineSas();
		for (const request of await sas.confirm()) await test.send(request as Sent);
		await test.deliver(...test.sas.confirm(ownKeys(test, await masterOfBob(test))));
		expect(sas.isDone()).toBe(true);
		expect(test.sas.result()).toBe("done");
		// Its signature went to the server, from where it comes back with Bob's keys.
		await test.engine.receive({ ...test.server.newsFor(ann, "ENGINE"), changed: [bob] });
		expect((await test.machine.getIdentity(new UserId(bob)))?.isVerified()).toBe(true);
	});

	it("ends when somebody between them puts in a key of their own: who began had a promise of the right one", async () => {
		const between = new Olm.SAS();
		const test = await openVerification((message) => withContent(message, "key", { key: between.get_pubkey() }));
		await begin[starter](test);
		expect(test.sas.result()).toBe(starter === "libolm" ? "m.mismatched_commitment" : "m.key_mismatch");
		expect(test.engineSas().isCancelled()).toBe(true);
	});

	it("ends when what vouches for the keys is altered on its way to libolm", async () => {
		const test = await openVerification((message) => withContent(message, "mac", { keys: "A".repeat(43) }));
		await begin[starter](test);
		for (const request of await test.engineSas().confirm()) await test.send(request as Sent);
		expect(test.sas.result()).toBe("m.key_mismatch");
	});

	it("ends when what vouches for the keys is altered on its way to the engine, which then believes nobody", async () => {
		const test = await openVerification((message) => withContent(message, "mac", { keys: "A".repeat(43) }));
		await begin[starter](test);
		const sas = test.engineSas();
		await test.deliver(...test.sas.confirm(ownKeys(test, await masterOfBob(test))));
		expect(sas.cancelInfo()?.cancelCode()).toBe("m.mismatched_sas");
		expect((await test.machine.getIdentity(new UserId(bob)))?.isVerified()).toBe(false);
	});
});

/** The message with other content, where it is of that type. */
const withContent = (message: SasMessage, type: string, content: object): SasMessage =>
	message.type === `m.key.verification.${type}` ? { ...message, content: { ...message.content, ...content } } : message;
