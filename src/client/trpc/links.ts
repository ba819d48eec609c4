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

/** Resolves the socket per operation, so that building a client (also while pages are prerendered) opens nothing. */
const lazySocketLink: TRPCLink<AppRouter> = (runtime) => (context) =>
	wsLink<AppRouter>({ client: socketClient() })(runtime)(context);
