import { initTRPC, TRPCError } from "@trpc/server";
import { AppError } from "../../shared/app-error.ts";
import type { CallContext } from "./call-context.ts";
import { toTrpcError, wireErrorOf } from "./error-format.ts";

const t = initTRPC.context<CallContext>().create({
	isDev: false,
	// A stream over HTTP that falls silent is dead: the client then begins it anew.
	sse: { ping: { enabled: true, intervalMs: 15_000 }, client: { reconnectAfterInactivityMs: 40_000 } },
	errorFormatter: ({ shape, error, ctx }) => {
		const kith = wireErrorOf(error, ctx?.requestId);
		// tRPC's own message and path would echo what was asked for.
		return {
			code: shape.code,
			message: kith.code,
			data: { code: shape.data.code, httpStatus: shape.data.httpStatus, kith },
		};
	},
});

const withTypedErrors = t.middleware(async ({ next }) => {
	const result = await next();
	if (!result.ok) {
		throw toTrpcError(result.error);
	}
	return result;
});

const withViewer = t.middleware(async ({ ctx, next }) => {
	const viewer = await ctx.findViewer();
	if (viewer === undefined) throw await noViewer(ctx);
	return next({ ctx: { ...ctx, viewer } });
});

/** Why nobody is signed in: a device whose session was ended forgets what it keeps. */
const noViewer = async (ctx: CallContext): Promise<TRPCError> =>
	toTrpcError(new AppError((await ctx.isRevoked()) ? "session-revoked" : "not-signed-in"));

/** Asks the session's row at each call: what a socket remembers of its viewer may be older than a loss of ownership. */
const withOwner = t.middleware(async ({ ctx, next }) => {
	const known = await ctx.findViewer();
	const viewer = known && (await ctx.areas.accounts.resolveSession(known.sessionId));
	if (viewer === undefined) throw await noViewer(ctx);
	if (!viewer.isOwner) {
		throw new TRPCError({ code: "FORBIDDEN", message: "forbidden" });
	}
	return next({ ctx: { ...ctx, viewer } });
});

const withRelyingParty = t.middleware(async ({ ctx, next }) => {
	const { relyingParty } = ctx;
	if (relyingParty === undefined) {
		throw new TRPCError({ code: "FORBIDDEN", message: "forbidden" });
	}
	return next({ ctx: { ...ctx, relyingParty } });
});

/** Makes a router of procedures. */
export const { router } = t;

/** Anyone may call. */
export const publicProcedure = t.procedure.use(withTypedErrors);

/** Who is signed in may call; `ctx.viewer` is who. */
export const sessionProcedure = publicProcedure.use(withViewer);

/** The owner of this server may call. */
export const adminProcedure = publicProcedure.use(withOwner);

/** The same, from a page for which passkeys can be made: `ctx.relyingParty` says for which. */
export const publicPasskeyProcedure = publicProcedure.use(withRelyingParty);
export const passkeyProcedure = sessionProcedure.use(withRelyingParty);
