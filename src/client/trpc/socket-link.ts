import { type TRPCLink, wsLink } from "@trpc/client";
import type { AppRouter } from "../../server/trpc/app-router.ts";
import { socketClient } from "./socket.ts";

/**
 * Resolves the socket per operation, so that building a client (also while pages are prerendered) opens nothing.
 *
 * A tRPC client numbers its operations by itself, and a socket tells answers apart by that number alone. Two clients,
 * the hooks' and the plain one, share this socket, so the numbers are given here.
 */
export const socketLink: TRPCLink<AppRouter> = (runtime) => (context) => {
	const op = { ...context.op, id: nextOperationId() };
	return wsLink<AppRouter>({ client: socketClient() })(runtime)({ ...context, op });
};

/** What tells this operation's answer apart on the socket. */
export function nextOperationId(): number {
	lastOperationId += 1;
	return lastOperationId;
}

let lastOperationId = 0;
