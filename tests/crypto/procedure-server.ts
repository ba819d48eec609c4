import type { Viewer } from "../../src/server/accounts/public.ts";
import { appRouter } from "../../src/server/trpc/app-router.ts";
import type { TransportHost } from "../../src/server/trpc/transport-host.ts";
import type { CryptoServer } from "./crypto-client.ts";
import { createEngine } from "./engine-client.ts";

/** The procedures, called in the name of a signed-in person. */
export const callerOf = (host: TransportHost, viewer: Viewer) =>
	appRouter.createCaller({
		areas: host,
		requestId: "test",
		address: "192.0.2.1",
		connection: { whenWritable: async () => undefined, beginSubscription: () => () => undefined },
		relyingParty: undefined,
		identityTicket: undefined,
		confirmationTicket: undefined,
		findViewer: async () => viewer,
		isRevoked: async () => false,
	});

export type Caller = ReturnType<typeof callerOf>;

/** The procedures as they are, for a device's crypto. */
export const procedureServer = (call: Caller): CryptoServer => ({
	upload: (body) => call.keys.upload(body),
	query: (body) => call.keys.query(body as Parameters<typeof call.keys.query>[0]),
	claim: (body) => call.keys.claim(body as Parameters<typeof call.keys.claim>[0]),
	uploadSignatures: (body) => call.keys.uploadSignatures(body as Parameters<typeof call.keys.uploadSignatures>[0]),
	uploadSigningKeys: (body) => call.keys.uploadSigningKeys(body),
	sendToDevice: ({ body, ...message }) =>
		call.toDevice.send({ ...message, ...body } as Parameters<typeof call.toDevice.send>[0]),
	putBackedUpKeys: (version, body) =>
		call.keyBackup.putKeys({ version, ...body } as Parameters<typeof call.keyBackup.putKeys>[0]),
});

/** An engine whose requests go through the procedures. */
export const createEngineClient = async (host: TransportHost, viewer: Viewer) => {
	const call = callerOf(host, viewer);
	return { ...(await createEngine(viewer, procedureServer(call))), call, viewer };
};

export type EngineClient = Awaited<ReturnType<typeof createEngineClient>>;
