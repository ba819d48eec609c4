import { createTRPCClient, httpBatchLink } from "@trpc/client";
import type { AppRouter } from "../../server/trpc/app-router.ts";

/** Calls over plain HTTP, for the pages before the chats: they need no socket and no query cache. */
export const httpClient = createTRPCClient<AppRouter>({ links: [httpBatchLink({ url: "/api/trpc" })] });
