import { TRPCError } from "@trpc/server";
import { getHTTPStatusCodeFromError } from "@trpc/server/http";
import type { Viewer } from "../accounts/public.ts";
import { appRouter } from "./app-router.ts";
import type { CallContext } from "./call-context.ts";
import { toTrpcError, wireErrorOf } from "./error-format.ts";
import type { TransportHost } from "./transport-host.ts";

/** A call as browsers make it: the path behind the address of the API, with a query's input in it, and a mutation's body. */
export interface DeviceCall {
	readonly viewer: Viewer;
	readonly address: string;
	readonly body: string | undefined;
}

const prefix = "/api/trpc/";

/**
 * Answers a call of a device that runs within this server, through the same procedures and checks as those of browsers, and
 * in the same words. Whatever is no procedure is not found.
 */
export const callAsDevice = async (
	host: TransportHost,
	{ viewer, address, body }: DeviceCall,
): Promise<{ readonly status: number; readonly body: string }> => {
	const { pathname, searchParams } = new URL(address, "http://within");
	const names = pathname.startsWith(prefix) ? pathname.slice(prefix.length).split(".") : [];
	try {
		const procedure = names.reduce<unknown>(
			(inner, name) => (inner as Record<string, unknown>)[name],
			appRouter.createCaller(contextOf(host, viewer)),
		);
		const text = body ?? searchParams.get("input");
		if (names.length !== 2 || typeof procedure !== "function") throw new TRPCError({ code: "NOT_FOUND" });
		const data: unknown = await procedure(text === null ? undefined : JSON.parse(text));
		return { status: 200, body: JSON.stringify({ result: { data } }) };
	} catch (error) {
		const known = toTrpcError(error);
		const kith = wireErrorOf(known, undefined);
		return { status: getHTTPStatusCodeFromError(known), body: JSON.stringify({ error: { data: { kith } } }) };
	}
};

/** Its session's row is asked at each call, as for everybody. */
const contextOf = (host: TransportHost, { sessionId }: Viewer): CallContext => ({
	areas: host,
	requestId: "within",
	address: "127.0.0.1",
	connection: { whenWritable: async () => undefined, beginSubscription: () => () => undefined },
	...{ relyingParty: undefined, identityTicket: undefined, confirmationTicket: undefined },
	findViewer: () => host.accounts.resolveSession(sessionId),
	isRevoked: () => host.accounts.wasRevoked(sessionId),
});
