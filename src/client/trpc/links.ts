import { httpBatchLink, splitLink, type TRPCLink, wsLink } from "@trpc/client";
import type { AppRouter } from "../../server/trpc/app-router.ts";
import { isSocketOpen, socketClient } from "./socket.ts";

/** Everything travels over the socket; while it is down, calls take HTTP and only the subscription waits for it. */
export function links(): TRPCLink<AppRouter>[] {
	return [
		splitLink({
			condition: (operation) => operation.type === "subscription" || isSocketOpen(),
			true: lazySocketLink,
			false: httpBatchLink({ url: "/api/trpc" }),
		}),
	];
}

/**
 * Resolves the socket per operation, so that building a client (also while pages are prerendered) opens nothing.
 *
 * A tRPC client numbers its operations by itself, and a socket tells answers apart by that number alone. Two clients,
 * the hooks' and the plain one, share this socket, so the numbers are given here.
 */
const lazySocketLink: TRPCLink<AppRouter> = (runtime) => (context) => {
	lastOperationId += 1;
	const op = { ...context.op, id: lastOperationId };
	return wsLink<AppRouter>({ client: socketClient() })(runtime)({ ...context, op });
};

let lastOperationId = 0;
