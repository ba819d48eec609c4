import { router } from "./procedures.ts";
import { accountsRouter } from "./routers/accounts/accounts-router.ts";

/** The typed API; see README.md for its table. */
export const appRouter = router({ accounts: accountsRouter });

export type AppRouter = typeof appRouter;
