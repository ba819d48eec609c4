import { QueryClient } from "@tanstack/react-query";
import { createTRPCClient } from "@trpc/client";
import { createTRPCNext } from "@trpc/next";
import type { AppRouter } from "../../server/trpc/app-router.ts";
import { failureOf } from "./errors.ts";
import { links } from "./links.ts";

/** One cache for all pages: each is wrapped on its own, so a cache made by the wrapper would be lost between them. */
export const queryClient = new QueryClient({
	defaultOptions: {
		queries: {
			staleTime: 30_000,
			retry: (count, error) => failureOf(error).code === "offline" && count < 3,
			refetchOnWindowFocus: false,
		},
	},
});

/** Typed calls as hooks, for view models. */
export const trpc = createTRPCNext<AppRouter>({ ssr: false, config: () => ({ links: links(), queryClient }) });

/** The same calls without React, for sync and outbox. */
export const api = createTRPCClient<AppRouter>({ links: links() });
