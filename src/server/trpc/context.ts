import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { TRPCError } from "@trpc/server";
import type { Viewer } from "../accounts/public.ts";
import type { CallConnection, CallContext } from "./call-context.ts";
import { clientAddress } from "./request/client-address.ts";
import { relyingPartyOf } from "./request/relying-party.ts";
import { requestOrigin } from "./request/request-origin.ts";
import { readTicket } from "./session/provider-tickets.ts";
import { readSessionId } from "./session/session-cookie.ts";
import type { TransportHost } from "./transport-host.ts";

/** The largest body of a call or a batch of calls. */
export const bodyLimitBytes = 1_000_000;

/**
 * How long a socket trusts what the session's row said. A notice that sessions ended makes it ask at once; a missed
 * notice is found out by then.
 */
const socketTrustMs = 15_000;

/**
 * The context of one HTTP request. Refuses, before the body is read, what a page of another site could have sent: a
 * call that changes something must be JSON and come from our own page.
 */
export const createHttpContext = (
	host: TransportHost,
	request: IncomingMessage,
	over: { readonly requestId: string; readonly connection: CallConnection },
): CallContext => {
	refuseForeignRequest(host, request);
	return contextOf(host, request, { ...over, trustMs: Number.POSITIVE_INFINITY });
};

/** The context of one WebSocket, made once; `mayOpenSocket` was asked before. */
export const createSocketContext = (
	host: TransportHost,
	request: IncomingMessage,
	connection: CallConnection,
): SocketContext => contextOf(host, request, { requestId: randomUUID(), trustMs: socketTrustMs, connection });

/** True when the upgrade request comes from our own page: browsers send cookies with those of any page. */
export const mayOpenSocket = (host: TransportHost, request: IncomingMessage): boolean =>
	requestOrigin(request.headers, host.web.publicOrigin) === "same";

export interface SocketContext extends CallContext {
	/** Who last called over it, where the row was asked already. */
	knownViewer(): Viewer | undefined;
}

interface Answer {
	readonly viewer: Promise<Viewer | undefined>;
	readonly askedAt: number;
	/** How many notices there had been before the row was asked. */
	readonly endings: number;
}

const contextOf = (
	host: TransportHost,
	request: IncomingMessage,
	{ requestId, trustMs, connection }: { requestId: string; trustMs: number; connection: CallConnection },
): SocketContext => {
	let sessionId: Promise<string | undefined> | undefined;
	let answer: Answer | undefined;
	let known: Viewer | undefined;
	const askCookie = (): Promise<string | undefined> => {
		sessionId ??= readSessionId(request.headers, host.web);
		return sessionId;
	};
	const askRow = async (): Promise<Viewer | undefined> => {
		const id = await askCookie();
		const viewer = id === undefined ? undefined : await host.accounts.resolveSession(id);
		known = viewer ?? known;
		return viewer;
	};
	const isRevoked = async (): Promise<boolean> => {
		const id = await askCookie();
		return id !== undefined && (await host.accounts.wasRevoked(id));
	};
	return {
		areas: host,
		requestId,
		connection,
		address: clientAddress(request, host.web.isTrustedProxy),
		relyingParty: relyingPartyOf(request.headers, host.web.publicOrigin),
		identityTicket: readTicket(request.headers, host.web, "identity"),
		confirmationTicket: readTicket(request.headers, host.web, "confirmation"),
		knownViewer: () => known,
		isRevoked,
		findViewer: () => {
			const now = performance.now();
			const endings = host.accounts.sessionEndings();
			if (answer === undefined || answer.endings !== endings || now - answer.askedAt > trustMs) {
				const viewer = askRow();
				answer = { viewer, askedAt: now, endings };
				viewer.catch(() => {
					answer = undefined;
				});
			}
			return answer.viewer;
		},
	};
};

const refuseForeignRequest = (host: TransportHost, { headers, method }: IncomingMessage): void => {
	const origin = requestOrigin(headers, host.web.publicOrigin);
	const isRead = method === "GET" || method === "HEAD";
	if (origin === "foreign" || (origin === "unknown" && !isRead)) {
		throw new TRPCError({ code: "FORBIDDEN", message: "forbidden" });
	}
	if (!(isRead || /^application\/json\s*(;|$)/i.test(headers["content-type"] ?? ""))) {
		throw new TRPCError({ code: "UNSUPPORTED_MEDIA_TYPE", message: "bad-input" });
	}
	if (Number(headers["content-length"] ?? 0) > bodyLimitBytes) {
		throw new TRPCError({ code: "PAYLOAD_TOO_LARGE", message: "too-large" });
	}
};
